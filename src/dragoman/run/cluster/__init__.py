"""Reading on a cluster: the same reader on Ray, from any storage into partitioned Parquet, gone on with where it stopped."""
