"""What PyInstaller takes of torch: what runs on a processor, without tests, headers, tools and nearly all sources.

It stands in for PyInstaller's own, which takes every module, and each as a source file too.
"""

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_data_files, collect_dynamic_libs

datas = [
    # `import torch` looks for it and raises where it is missing.
    *collect_data_files("torch", includes=["bin/torch_shm_manager*"]),
    # Modules that read their own sources, or have them read, as they are imported.
    *collect_data_files(
        "torch",
        include_py_files=True,
        includes=[
            "**/config.py", "**/_config.py", "**/config_comms.py", "functional.py", "nn/functional.py",
            "nn/modules/*.py", "_jit_internal.py",
        ],
        excludes=["testing/**", "_dynamo/**", "_inductor/**", "onnx/**"],
    ),
]  # fmt: skip
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
# torch finds its libraries beside the file that it was loaded from, which a link would hide.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
