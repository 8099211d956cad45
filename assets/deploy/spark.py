#!/usr/bin/env python3
"""A picture for each line, spread over a Spark cluster: each partition is piped through `friendboard batch`.

    spark-submit spark.py requests.ndjson s3://bucket/cards results [--friendboard PATH] [--partitions N]

`requests.ndjson` is anything that Spark reads as lines. The results, a line of JSON each, are written below `results` by
Spark: {"id", "line", "path", "bytes", "hash", "drawn"} or {"id", "line", "error"}. A partition whose machine is lost is run
again elsewhere, and draws only what is not there yet: a picture's name is the hash of its request.

`friendboard` has to be on every machine's path, or be shipped along (`--files friendboard`, then `--friendboard ./friendboard`).
"""

import argparse
import shlex
import subprocess
from threading import Thread

from pyspark.sql import SparkSession


def draw(command):
    """Pipes a partition through the program. Lines that fail are results (exit status 3), and no failure of the partition."""

    def partition(lines):
        lines = iter(lines)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            # A thread of its own writes: the program gives results while it reads.
            def feed():
                try:
                    for line in lines:
                        process.stdin.write(line + "\n")
                    process.stdin.close()
                except BrokenPipeError:
                    pass  # The program ended: its exit status says why.

            feeder = Thread(target=feed, daemon=True)
            feeder.start()
            for result in process.stdout:
                yield result.rstrip("\n")
            feeder.join()
            status = process.wait()
        if status not in (0, 3):
            raise RuntimeError(f"{shlex.join(command)} ended with status {status}")

    return partition


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", help="what Spark reads as lines")
    parser.add_argument("out", help="where the pictures go: a folder that all machines share, file://, s3://, gs:// or az://")
    parser.add_argument("results", help="where Spark writes the results")
    parser.add_argument("--friendboard", default="friendboard", help="the program")
    parser.add_argument("--partitions", type=int, default=0, help="how many; without it, as Spark cuts the input")
    parser.add_argument("--workers", type=int, default=1, help="threads of each partition: the cores of a Spark task")
    arguments, further = parser.parse_known_args()
    command = [arguments.friendboard, "batch", "--out", arguments.out, "--workers", str(arguments.workers), *further]
    spark = SparkSession.builder.appName("friendboard").getOrCreate()
    lines = spark.sparkContext.textFile(arguments.requests, arguments.partitions or None)
    if arguments.partitions:
        lines = lines.repartition(arguments.partitions)
    results = lines.mapPartitions(draw(command))
    results.saveAsTextFile(arguments.results)
    spark.stop()


if __name__ == "__main__":
    main()
