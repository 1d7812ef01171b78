"""all-MiniLM-L6-v2 on two cores, without torch: the model's sentence vectors for a list of token lists.

The graph is written out here in OpenVINO operations, so that the script needs neither torch nor a converted
model. Texts of one length go in one batch: nothing is padded and no attention mask is needed.
"""

import json
import struct

import numpy as np
import openvino as ov
from openvino import opset13 as op

LAYERS, HEADS, WIDTH = 6, 12, 384
LAYER_NORM_EPSILON = 1e-12
TOKENS_PER_BATCH = 4096


def read_safetensors(path):
    """The float32 tensors of a safetensors file, by name."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return tensors


def build(weights, precision):
    """Compiles ids [batch, length] -> mean-pooled, normalised vectors [batch, 384]."""

    def const(name):
        return op.constant(weights[name])

    def linear(x, name):
        return op.add(op.matmul(x, const(f"{name}.weight"), False, True), const(f"{name}.bias"))

    def layer_norm(x, name):
        y = op.mvn(x, op.constant(np.array([-1], np.int64)), True, LAYER_NORM_EPSILON, "INSIDE_SQRT")
        return op.add(op.multiply(y, const(f"{name}.weight")), const(f"{name}.bias"))

    def heads(x):
        shape = op.constant(np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        return op.transpose(op.reshape(x, shape, True), op.constant(np.array([0, 2, 1, 3], np.int64)))

    ids = op.parameter([-1, -1], np.int32, name="ids")
    axis = op.constant(np.int32(0))
    x = op.gather(const("embeddings.word_embeddings.weight"), ids, axis)
    length = op.gather(op.shape_of(ids), op.constant(np.array(1, np.int64)), axis)
    positions = op.range(op.constant(np.int64(0)), length, op.constant(np.int64(1)), "i64")
    x = op.add(x, op.gather(const("embeddings.position_embeddings.weight"), positions, axis))
    x = op.add(x, op.constant(weights["embeddings.token_type_embeddings.weight"][:1]))
    x = layer_norm(x, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        q, k, v = (heads(linear(x, f"{prefix}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = op.multiply(op.matmul(q, k, False, True), op.constant(np.float32((WIDTH // HEADS) ** -0.5)))
        attended = op.transpose(op.matmul(op.softmax(scores, -1), v, False, False), op.constant(np.array([0, 2, 1, 3], np.int64)))
        attended = op.reshape(attended, op.constant(np.array([0, 0, WIDTH], np.int64)), True)
        x = layer_norm(op.add(x, linear(attended, f"{prefix}.attention.output.dense")), f"{prefix}.attention.output.LayerNorm")
        inner = op.gelu(linear(x, f"{prefix}.intermediate.dense"), "erf")
        x = layer_norm(op.add(x, linear(inner, f"{prefix}.output.dense")), f"{prefix}.output.LayerNorm")
    pooled = op.reduce_mean(x, op.constant(np.array([1], np.int64)), False)
    pooled = op.normalize_l2(pooled, op.constant(np.array([1], np.int64)), 1e-12, "max")
    model = ov.Model([pooled], [ids], "minilm")
    return ov.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": 2, "INFERENCE_PRECISION_HINT": precision})


def encode(compiled, token_lists, report=None):
    """One row per token list (special tokens included), in the order given."""
    by_length = {}
    for row, ids in enumerate(token_lists):
        by_length.setdefault(len(ids), []).append(row)
    out = np.zeros((len(token_lists), WIDTH), np.float16)
    request = compiled.create_infer_request()
    done = 0
    for length in sorted(by_length):
        rows = by_length[length]
        step = max(1, TOKENS_PER_BATCH // length)
        for start in range(0, len(rows), step):
            batch = rows[start : start + step]
            ids = np.array([token_lists[row] for row in batch], np.int32)
            out[batch] = request.infer([ids])[compiled.output(0)]
            done += len(batch)
        if report:
            report(length, done)
    return out
