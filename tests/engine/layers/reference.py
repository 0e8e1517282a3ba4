"""Every layer's formula once more, in plain NumPy: samples first, pictures as (samples, channels, height, width)."""

import numpy as np

from annstudio.engine.activations import activations


def dense(layer, parts, x):
    return _bent(layer, parts, x @ parts["kernel"] + parts.get("bias", 0))


output = dense


def activation(layer, parts, x):
    return _bent(layer, parts, x)


def batch_norm(layer, parts, x):
    axes = (0,) if x.ndim == 2 else (0, 2, 3)
    return _affine(parts, _standardized(x, axes, layer.epsilon), (-1, *[1] * (x.ndim - 2)))


def batch_norm_after_training(layer, parts, x):
    shape = (-1, *[1] * (x.ndim - 2))
    mean, variance = parts["running_mean"].reshape(shape), parts["running_var"].reshape(shape)
    return _affine(parts, (x - mean) / np.sqrt(variance + layer.epsilon), shape)


def layer_norm(layer, parts, x):
    return _affine(parts, _standardized(x, tuple(range(1, x.ndim)), layer.epsilon), x.shape[1:])


def dropout_after_training(layer, parts, x):
    return x


def add(layer, parts, *xs):
    return sum(xs)


def concatenate(layer, parts, *xs):
    return np.concatenate(xs, axis=1)


def feature(layer, parts, x):
    """Of x, x², products of pairs, sines and sqrt(x1² + x2²), as the case switches them on."""
    count = x.shape[1]
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    made = {
        "Values": x,
        "Squares": x**2,
        "Products": np.stack([x[:, i] * x[:, j] for i, j in pairs], 1) if pairs else x[:, :0],
        "Sines": np.sin(x),
        "Own": np.hypot(x[:, :1], x[:, 1:2]),
    }
    return np.hstack([made[type(kind).__name__] for kind in layer._kinds])


def flatten(layer, parts, x):
    return x.reshape(len(x), -1)


def reshape(layer, parts, x):
    return x.reshape(len(x), *layer.shape)


def conv2d(layer, parts, x):
    """One sum after the other."""
    size, stride = layer.kernel_size, layer.stride
    if layer.padding == "same":
        x = np.pad(x, [(0, 0), (0, 0), *(_margins(length, size, stride) for length in x.shape[2:])])
    kernel = parts["kernel"].T.reshape(layer.filters, x.shape[1], size, size)
    rows, columns = ((length - size) // stride + 1 for length in x.shape[2:])
    z = np.zeros((len(x), layer.filters, rows, columns))
    for sample, f, i, j in np.ndindex(z.shape):
        window = x[sample, :, i * stride : i * stride + size, j * stride : j * stride + size]
        z[sample, f, i, j] = (kernel[f] * window).sum() + (parts["bias"][f] if layer.bias else 0)
    return _bent(layer, parts, z)


def max_pool2d(layer, parts, x):
    return _pooled(layer, x, np.max)


def average_pool2d(layer, parts, x):
    return _pooled(layer, x, np.mean)


def _bent(layer, parts, z):
    if "activation" in parts:
        return np.where(z > 0, z, parts["activation"] * z)
    flat = z.reshape(len(z), -1)
    return activations[layer.activation.info.key](**layer.activation.params).value(flat).reshape(z.shape)


def _standardized(x, axes, epsilon):
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + epsilon)


def _affine(parts, x, shape):
    return parts["gamma"].reshape(shape) * x + parts["beta"].reshape(shape)


def _margins(length, size, stride):
    total = max((-(-length // stride) - 1) * stride + size - length, 0)
    return total // 2, total - total // 2


def _pooled(layer, x, function):
    size, stride = layer.size, layer.stride
    rows, columns = ((length - size) // stride + 1 for length in x.shape[2:])
    a = np.empty((*x.shape[:2], rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
        a[:, :, i, j] = function(window, axis=(2, 3))
    return a
