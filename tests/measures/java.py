"""Whether there is the Java that Spark needs; `python tests/measures/java.py` says it, for `scripts/set-up`."""

import sys

from dashboard.measures.spark_engine import SparkEngineError, find_java

if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_java()}\n")
    except SparkEngineError as error:
        sys.exit(str(error))
