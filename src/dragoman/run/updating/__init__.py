"""The joined history kept up to date in the store: one more article changes only what it touches.

`update` goes through the documents stored since the last time, batch by batch: `actors` joins who may be one, `events` merges
the reports that may be one, `states` derives the relations whose changes moved, `outcomes` judges the forecasts that may have
come true, `layers` writes what an article holds by itself. Each finds the part that has to do with what is new and hands it to
the same functions of `relate` that join everything at once, so the answer is that of a rebuild.
"""
