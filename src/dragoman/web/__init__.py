"""The workbench: pages over `run`, served to a browser. Nothing here knows more than the command line does."""
