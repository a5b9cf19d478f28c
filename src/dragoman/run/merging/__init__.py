"""Merging a shelf: the joined history of a whole corpus, made block by block, on one machine or on a cluster.

A merge is a chain of small tasks. A task reads rows of a few files and writes rows by *bucket* into one file a kind; the next
stage reads one bucket of all of them. Its key is the digest of all that it reads and of the rules: what was done once, by
whichever run, is not done again, so that a run that was killed goes on where it stopped, and a corpus that has grown costs
only the blocks that it touches. `actors` joins who may be one, `events` merges the reports of one act, `outcomes` what
rests on both; each finds families with `relate.kin` and hands every family to the same functions of `relate` that join
everything at once. Those tell whatever stands between families apart, so the record is that of one machine.
"""
