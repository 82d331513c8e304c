"""From the checkpoints of the speaker models to ONNX files, with numpy alone."""
