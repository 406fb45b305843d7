"""Whether reading gets slower as content grows: documents × editions, side by side.

    python -m benchmarks.growth                                # 100 to 1,000 documents
    python -m benchmarks.growth --sizes 100x1,1000x20,10000x20  # takes its time to fill

Each size has a database, a service and an anchor of its own; figures are × its own bare Django.
"""

import statistics

from benchmarks.reading import Case, read_arguments, run

SIZES = "100x1,100x20,1000x1,1000x20"


def get_ratio(cases: dict[str, Case], name: str) -> float:
    """How many times slower than the anchor of the same run."""
    anchor = statistics.median(next(iter(cases.values())).rates)
    return anchor / statistics.median(cases[name].rates)


def main() -> None:
    """A column for each size, and how far the largest is from the smallest."""
    parser = read_arguments(__doc__)
    parser.add_argument("--sizes", default=SIZES, help="documents x editions, comma-separated")
    arguments = parser.parse_args()
    sizes = [tuple(int(part) for part in size.split("x")) for size in arguments.sizes.split(",")]
    results = [run(documents, editions, arguments) for documents, editions in sizes]
    heads = [f"{documents:,} × {editions}" for documents, editions in sizes]
    print(
        f"{'× bare Django':30}" + "".join(f"{head:>13}" for head in heads) + f"{'last/first':>13}"
    )
    for name in results[0]:
        ratios = [get_ratio(cases, name) for cases in results]
        print(
            f"{name:30}"
            + "".join(f"{ratio:13.2f}" for ratio in ratios)
            + f"{ratios[-1] / ratios[0]:13.2f}"
        )


if __name__ == "__main__":
    main()
