# What the lazy names of __init__.py are, for type checkers. They stand here and not behind TYPE_CHECKING in that file,
# since every room may ask the package for its version, and would then depend on all rooms.

from zssr_studio.door.enlarge import run as run
from zssr_studio.door.enlarge import upscale as upscale
from zssr_studio.door.files import read as read
from zssr_studio.door.files import write as write
from zssr_studio.door.findings import estimate_kernel as estimate_kernel
from zssr_studio.door.findings import find_damage as find_damage
from zssr_studio.door.reproduce import reproduce as reproduce
from zssr_studio.door.result import Result as Result
from zssr_studio.door.result import Settings as Settings
from zssr_studio.engine.config import Scale as Scale
from zssr_studio.engine.damage import Damage as Damage
from zssr_studio.engine.damage import Noise as Noise
from zssr_studio.engine.kernels.kernel import Kernel as Kernel
from zssr_studio.errors import BadInputError as BadInputError
from zssr_studio.errors import FailureError as FailureError
from zssr_studio.errors import StudioError as StudioError
from zssr_studio.evidence.reproduce import Reproduction as Reproduction
from zssr_studio.imaging.picture import Crop as Crop
from zssr_studio.imaging.picture import Picture as Picture
from zssr_studio.job import Job as Job
from zssr_studio.resource import resource_path as resource_path

__version__: str
