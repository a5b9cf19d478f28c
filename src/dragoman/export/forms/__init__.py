"""Records → the forms that the field's other programs read, with their exact columns and names.

Each module writes one family of forms as lines; `forms.FORMS` lists them all.
"""
