"""The words of the report on a result."""

from __future__ import annotations

from zssr_studio.words.say import marked

TITLE = marked("Report on an enlargement")
BEFORE, AFTER = marked("Input, enlarged by bicubic interpolation"), marked("Result")
CONSISTENCY = marked(
    "Consistency: magenta is {levels} of 255 levels or more; blue is not explained by noise or rounding"
)
DISAGREEMENT = marked("Disagreement: magenta is {levels} of 255 levels or more")
CURVES = marked(
    "Course of training: the loss against the {steps} steps, on a logarithmic scale from {least:.2g} to {most:.2g}"
)
NO_CONSISTENCY = marked(
    "There is no consistency map: the file is of another size, or of other colours, than the run made it."
)
NO_DISAGREEMENT = marked("The map of disagreement is not in the file; its figures are told above where they are known.")
RELIED = marked("What may be relied on")
ALONE = marked("The network was trained on this picture alone; no outside pictures were used.")
OTHERS = marked("The network had learned from other pictures before: {names}.")
NOT_TRAINED = marked("Nothing was trained: the picture was copied.")
KERNEL_BICUBIC = marked("An ordinary downscaling (bicubic) was assumed to have made the picture.")
KERNEL_UNCERTAIN = marked("The assumed kernel is an estimate, which may be wrong by about {percent:.0f} %.")
KERNEL_EXACT = marked("The assumed kernel was taken as exactly known.")
CONSISTENT = marked(
    "Downscaled again the result meets the input at {psnr_db:.1f} dB: it is consistent with the input under the "
    "assumed kernel."
)
FILE_MEETS = marked(
    "The picture as it stands in the file, with rounded samples and perhaps compressed, meets the input at "
    "{psnr_db:.1f} dB. Where that is much less, the file was changed since, and what is said of the run does not hold "
    "for it."
)
EQUAL = marked("Downscaled again the result equals the input under the assumed kernel.")
CHANGED = marked("It was changed before it was written: {what}.")
CAUTION = marked(
    "Where there is disagreement, look twice: in the pictures that were measured such pixels were about twice as wrong "
    "as the others. Where there is none, the result need not be right, since all that is compared shares one picture "
    "and one kernel. Detail that is finer than the pixels of the input is an estimate, and no evidence of what was "
    "there."
)
SOURCE, RESULT, SETTINGS = marked("Source"), marked("Result"), marked("Settings")
FILE_HASH, PIXEL_HASH = marked("SHA-256 of the file"), marked("SHA-256 of the pixels")
SCALE, PRESET, KERNEL, CLEANED = marked("Scale"), marked("Preset"), marked("Kernel"), marked("Cleaned")
SEED, STEPS, TIME, DEVICE, PROGRAM = (
    marked("Seed"),
    marked("Steps"),
    marked("Training"),
    marked("Device"),
    marked("Program"),
)
NOTHING = marked("nothing")
