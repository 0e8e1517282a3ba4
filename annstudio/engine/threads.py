"""How many threads the matrix products may use."""

from threadpoolctl import ThreadpoolController


def set_blas_threads(count: int = 1) -> None:
    """Let the matrix library use this many threads, in the whole process, from now on.

    One is the default of the app: small matrices are not faster with more, results are bit-equal from run to run,
    and the window keeps a processor to itself.
    """
    for library in ThreadpoolController().select(user_api="blas").lib_controllers:
        # From its version 3.8 on, threadpoolctl heeds only the thread that was the first to set a number, as long as
        # that thread lives; others are ignored without a word. Here the training thread that came last is right.
        release = getattr(library, "clear_controlling_thread", None)
        if release is not None:
            release(force=True)
        library.set_num_threads(count)
