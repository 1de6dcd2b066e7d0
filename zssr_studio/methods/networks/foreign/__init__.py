"""Networks in the forms of other programs: ncnn, ONNX, and what spandrel knows. Each needs a package of its own."""
