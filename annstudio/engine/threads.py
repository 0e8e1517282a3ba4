"""How many threads the matrix products may use."""

from threadpoolctl import threadpool_limits


def set_blas_threads(count: int = 1) -> None:
    """Let the matrix library use this many threads, in the whole process, from now on.

    One is the default of the app: small matrices are not faster with more, results are bit-equal from run to run,
    and the window keeps a processor to itself.
    """
    threadpool_limits(limits=count, user_api="blas")
