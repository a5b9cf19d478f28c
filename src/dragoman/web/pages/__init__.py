"""The pages, a file each; every one is a thin layer over a call in `run`."""
