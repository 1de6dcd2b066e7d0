"""Small networks with drawn weights, as other programs write them down: to see that each is told and run alike.

They are put together here once more, from the papers, so that a fault in the program's own shows.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


def drawn(module: nn.Module, seed: int = 0) -> nn.Module:
    """Draw all tensors of a module, so small that nothing grows from layer to layer."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in module.state_dict().items():
            if not value.is_floating_point():
                continue
            noise = torch.randn(value.shape, generator=generator)
            fan_in = value[0].numel() if value.ndim == 4 else 10
            value.copy_(noise / fan_in**0.5)
            if name.endswith(("running_var", "mean.weight")):
                value.copy_(noise.abs() + 0.5)
    return module.eval()


def conv(into: int, out: int, side: int = 3, **options: object) -> nn.Conv2d:
    return nn.Conv2d(into, out, side, padding=side // 2, **options)


def shuffles(width: int, scale: int) -> list[nn.Module]:
    factors = {2: [2], 3: [3], 4: [2, 2]}[scale]
    return [layer for factor in factors for layer in (conv(width, width * factor**2), nn.PixelShuffle(factor))]


class EdsrBlock(nn.Module):
    def __init__(self, width: int, share: float) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(width, width), nn.ReLU(), conv(width, width))
        self.share = share

    def forward(self, x):
        return x + self.share * self.body(x)


class Edsr(nn.Module):
    """With the names of the authors' code."""

    def __init__(
        self, scale: int = 2, width: int = 12, blocks: int = 3, share: float = 1.0, span: float = 255.0
    ) -> None:
        super().__init__()
        mean = torch.tensor([0.4488, 0.4371, 0.4040]) * span
        self.sub_mean, self.add_mean = nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1)
        self.head = nn.Sequential(conv(3, width))
        self.body = nn.Sequential(*(EdsrBlock(width, share) for _ in range(blocks)), conv(width, width))
        self.tail = nn.Sequential(nn.Sequential(*shuffles(width, scale)), conv(width, 3))
        self.span = span
        drawn(self)
        for layer, sign in ((self.sub_mean, -1), (self.add_mean, 1)):
            layer.weight.data, layer.bias.data = torch.eye(3)[:, :, None, None], sign * mean

    def forward(self, x):
        first = self.head(self.sub_mean(x * self.span))
        return self.add_mean(self.tail(first + self.body(first))) / self.span


class NormBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.bn1, self.prelu = conv(width, width), nn.BatchNorm2d(width), nn.PReLU()
        self.conv2, self.bn2 = conv(width, width), nn.BatchNorm2d(width)

    def forward(self, x):
        return x + self.bn2(self.conv2(self.prelu(self.bn1(self.conv1(x)))))


class Upsampling(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv, self.shuffle, self.prelu = conv(width, 4 * width), nn.PixelShuffle(2), nn.PReLU()

    def forward(self, x):
        return self.prelu(self.shuffle(self.conv(x)))


class Srgan(nn.Module):
    """The generator of the paper, in numbered blocks; a hyperbolic tangent gives -1 to 1."""

    def __init__(self, width: int = 8, blocks: int = 2) -> None:
        super().__init__()
        self.block1 = nn.Sequential(conv(3, width, 9), nn.PReLU())
        self.count = blocks
        for number in range(blocks):
            setattr(self, f"block{number + 2}", NormBlock(width))
        self.end = f"block{blocks + 2}"
        setattr(self, self.end, nn.Sequential(conv(width, width), nn.BatchNorm2d(width)))
        setattr(self, f"block{blocks + 3}", nn.Sequential(Upsampling(width), Upsampling(width), conv(width, 3, 9)))
        drawn(self)

    def forward(self, x):
        first = self.block1(x)
        y = first
        for number in range(self.count):
            y = getattr(self, f"block{number + 2}")(y)
        y = getattr(self, self.end)(y) + first
        return torch.tanh(getattr(self, f"block{self.count + 3}")(y))


def other_names_of_srgan(state: dict[str, torch.Tensor], blocks: int = 2) -> dict[str, torch.Tensor]:
    """The tensors of `Srgan` under the names of other programs: each layer by its place in its block."""
    places = {"conv1": "0", "bn1": "1", "prelu": "2", "conv2": "3", "bn2": "4"}
    named = {}
    for name, value in state.items():
        first, *rest = name.split(".")
        number = int(first.removeprefix("block"))
        if number == 1:
            named[f"conv1.{'.'.join(rest)}"] = value
        elif number < blocks + 2:
            named[f"layer1.trunk.{number - 2}.rcb.{places[rest[0]]}.{rest[1]}"] = value
        elif number == blocks + 2:
            named[f"conv2.{'.'.join(rest)}"] = value
        elif rest[0] == f"{blocks}":
            named[f"conv3.{rest[1]}"] = value
        else:
            named[f"upsampling.{rest[0]}.upsample_block.{'0' if rest[1] == 'conv' else '2'}.{rest[2]}"] = value
    return named


class Modified(nn.Module):
    """SRResNet without normalisation, with the names of BasicSR."""

    def __init__(self, width: int = 8, blocks: int = 3) -> None:
        super().__init__()
        self.conv_first = conv(3, width)
        self.body = nn.ModuleList(nn.Module() for _ in range(blocks))
        for block in self.body:
            block.conv1, block.conv2 = conv(width, width), conv(width, width)
        self.upconv1, self.upconv2 = conv(width, 4 * width), conv(width, 4 * width)
        self.conv_hr, self.conv_last = conv(width, width), conv(width, 3)
        drawn(self)

    def forward(self, x):
        y = F.leaky_relu(self.conv_first(x), 0.1)
        for block in self.body:
            y = y + block.conv2(F.relu(block.conv1(y)))
        for up in (self.upconv1, self.upconv2):
            y = F.leaky_relu(F.pixel_shuffle(up(y), 2), 0.1)
        y = self.conv_last(F.leaky_relu(self.conv_hr(y), 0.1))
        return y + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False)


class Dense(nn.Module):
    def __init__(self, width: int, growth: int) -> None:
        super().__init__()
        for number in range(5):
            setattr(self, f"conv{number + 1}", conv(width + number * growth, growth if number < 4 else width))

    def forward(self, x):
        seen = [x]
        for number in range(4):
            seen.append(F.leaky_relu(getattr(self, f"conv{number + 1}")(torch.cat(seen, 1)), 0.2))
        return x + 0.2 * self.conv5(torch.cat(seen, 1))


class DenseBlock(nn.Module):
    def __init__(self, width: int, growth: int) -> None:
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (Dense(width, growth) for _ in range(3))

    def forward(self, x):
        return x + 0.2 * self.rdb3(self.rdb2(self.rdb1(x)))


class Rrdb(nn.Module):
    """With the names of Real-ESRGAN's files."""

    def __init__(self, unshuffle: int = 1, width: int = 8, growth: int = 4, blocks: int = 2) -> None:
        super().__init__()
        self.unshuffle = unshuffle
        self.conv_first = conv(3 * unshuffle**2, width)
        self.body = nn.Sequential(*(DenseBlock(width, growth) for _ in range(blocks)))
        self.conv_body, self.conv_up1, self.conv_up2 = (conv(width, width) for _ in range(3))
        self.conv_hr, self.conv_last = conv(width, width), conv(width, 3)
        drawn(self)

    def forward(self, x):
        first = self.conv_first(F.pixel_unshuffle(x, self.unshuffle))
        y = first + self.conv_body(self.body(first))
        for up in (self.conv_up1, self.conv_up2):
            y = F.leaky_relu(up(F.interpolate(y, scale_factor=2, mode="nearest")), 0.2)
        return self.conv_last(F.leaky_relu(self.conv_hr(y), 0.2))

    def state_of_2018(self) -> dict[str, torch.Tensor]:
        """The tensors under the names of ESRGAN's first files."""
        blocks = len(self.body)
        places = {"conv_first": "model.0", "conv_body": f"model.1.sub.{blocks}", "conv_up1": "model.3"}
        places |= {"conv_up2": "model.6", "conv_hr": "model.8", "conv_last": "model.10"}
        named = {}
        for name, value in self.state_dict().items():
            if name.startswith("body."):
                _, block, part, layer, what = name.split(".")
                named[f"model.1.sub.{block}.{part.upper()}.{layer}.0.{what}"] = value
            else:
                layer, _, what = name.partition(".")
                named[f"{places[layer]}.{what}"] = value
        return named


class Compact(nn.Module):
    def __init__(self, scale: int = 4, width: int = 8, layers: int = 3) -> None:
        super().__init__()
        middle = [layer for _ in range(layers) for layer in (conv(width, width), nn.PReLU(width))]
        self.body = nn.ModuleList([conv(3, width), nn.PReLU(width), *middle, conv(width, 3 * scale**2)])
        self.scale = scale
        drawn(self)

    def forward(self, x):
        y = x
        for layer in self.body:
            y = layer(y)
        return F.pixel_shuffle(y, self.scale) + F.interpolate(x, scale_factor=self.scale, mode="nearest")


class Vdsr(nn.Module):
    """With names of which the order of the alphabet is not that of the layers, and without biases."""

    def __init__(self, width: int = 8, depth: int = 5) -> None:
        super().__init__()
        self.residual_layer = nn.Sequential(*(nn.Sequential(conv(width, width, bias=False)) for _ in range(depth - 2)))
        self.input, self.output = conv(1, width, bias=False), conv(width, 1, bias=False)
        drawn(self)

    def forward(self, x):
        y = F.relu(self.input(x))
        for layer in self.residual_layer:
            y = F.relu(layer(y))
        return x + self.output(y)


class Srcnn(nn.Module):
    def __init__(self, middle: int = 5) -> None:
        super().__init__()
        options = {"padding_mode": "replicate"}
        self.conv1, self.conv2 = conv(1, 8, 9, **options), conv(8, 6, middle, **options)
        self.conv3 = conv(6, 1, 5, **options)
        drawn(self)

    def forward(self, x):
        return self.conv3(F.relu(self.conv2(F.relu(self.conv1(x)))))
