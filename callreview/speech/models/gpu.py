"""Whether there is a graphics card that speech recognition can use."""


def gpu_count() -> int:
    """How many CUDA devices CTranslate2 sees on this computer."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())
