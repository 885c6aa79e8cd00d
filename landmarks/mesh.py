"""The 478-point face mesh: which landmark is which, and how the points belong together.

Numbers are those of MediaPipe's face mesh with attention (468 surface points, then five points of
each iris). ``right`` and ``left`` are the person's own sides: landmark 61, the *right* mouth
corner, lies on the left of an unmirrored picture.

Sources
-------
Regions and their pairs: ``RESULTS.md`` of the rendered-face study ("Sets"), where each was checked
against known movement. Steady points: canthi, bridge of the nose, temples and ears, as used there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landmarks.regions import REGIONS, Region

POINTS = 478
"""Landmarks in a mesh."""


def _frozen(values: list[int] | tuple[int, ...]) -> NDArray[np.intp]:
    array = np.array(values, dtype=np.intp)
    array.setflags(write=False)
    return array


STEADY = _frozen([33, 133, 362, 263, 168, 6, 197, 195, 127, 356, 234, 454])
"""Points that no exercise moves: outer and inner canthi, bridge of the nose, temples, ears."""

OUTER_CANTHI = (33, 263)
"""Outer corner of the right and of the left eye."""

FOREHEAD_AND_CHIN = (10, 152)
"""Top and bottom of the face's midline."""

SKIN_REGIONS: tuple[Region, ...] = tuple(region for region in REGIONS if region != "eye")
"""Regions measured by how far their skin moved; the eye is measured by its lid aperture."""

RIGHT_POINTS: dict[Region, tuple[int, ...]] = {
    "brow": (70, 63, 105, 66, 107),
    "ala": (129, 98, 64),
    "upper_lip": (80, 191, 183),
    "mouth_corner": (61,),
    "lower_lip": (181, 84, 91),
    "cheek": (50, 205),
    "chin": (176, 148, 171),
}
"""Landmarks of each skin region on the person's right; the left ones are their mirror partners."""

RIGHT_LIDS = ((159, 145), (158, 153), (160, 144))
"""Pairs (upper, lower) of landmarks on the margins of the right eye's lids."""

RIGHT_IRIS = (469, 471)
"""Ends of the right iris's level diameter."""

RIGHT_IRIS_MIDDLE = 468
"""Middle of the right iris, where the pupil is."""

LIPS_OUTER = (
    *(61, 185, 40, 39, 37, 0, 267, 269, 270, 409),
    *(291, 375, 321, 405, 314, 17, 84, 181, 91, 146),
)
LIPS_INNER = (
    *(78, 191, 80, 81, 82, 13, 312, 311, 310, 415),
    *(308, 324, 318, 402, 317, 14, 87, 178, 88, 95),
)
RIGHT_EYE = (
    *(33, 246, 161, 160, 159, 158, 157, 173, 133, 155),
    *(154, 153, 145, 144, 163, 7),
)
RIGHT_BROW = (70, 63, 105, 66, 107)
"""Contours in drawing order, all closed but the brow."""

RIGHT_BROW_BELOW = (46, 53, 52, 65, 55)
"""The brow's lower edge, from the temple inwards as its upper one."""

RIGHT_IRIS_RING = (469, 470, 471, 472)
"""The edge of the right iris."""

RIGHT_OVAL = (
    *(10, 109, 67, 103, 54, 21, 162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152),
)
"""Right half of the face's edge, from the forehead's middle to the chin's."""

NOSE_MIDLINE = (168, 6, 197, 195, 5, 4, 1, 2)
"""From between the eyes to the root of the upper lip's groove."""

_MIRROR = """
0 1 2 248 4 5 6 249 8 9 10 11 12 13 14 15 16 17 18 19 250 251 252 253 254 255 256 257
258 259 260 261 262 263 264 265 266 267 268 269 270 271 272 273 274 275 276 277 278 279
280 281 282 283 284 285 286 287 288 289 290 291 292 293 294 295 296 297 298 299 300 301
302 303 304 305 306 307 308 309 310 311 312 313 314 315 316 317 318 319 320 321 322 323
94 324 325 326 327 328 329 330 331 332 333 334 335 336 337 338 339 340 341 342 343 344
345 346 347 348 349 350 351 352 353 354 355 356 357 358 359 360 361 362 363 364 365 366
367 368 369 370 371 372 373 374 375 376 377 378 379 151 152 380 381 382 383 384 385 386
387 388 389 390 164 391 392 393 168 394 395 396 397 398 399 175 400 401 402 403 404 405
406 407 408 409 410 411 412 413 414 415 416 417 418 195 419 197 420 199 200 421 422 423
424 425 426 427 428 429 430 431 432 433 434 435 436 437 438 439 440 441 442 443 444 445
446 447 448 449 450 451 452 453 454 455 456 457 458 459 460 461 462 463 464 465 466 467
3 7 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47
48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76
77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 95 96 97 98 99 100 101 102 103 104
105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120 121 122 123 124 125 126
127 128 129 130 131 132 133 134 135 136 137 138 139 140 141 142 143 144 145 146 147 148
149 150 153 154 155 156 157 158 159 160 161 162 163 165 166 167 169 170 171 172 173 174
176 177 178 179 180 181 182 183 184 185 186 187 188 189 190 191 192 193 194 196 198 201
202 203 204 205 206 207 208 209 210 211 212 213 214 215 216 217 218 219 220 221 222 223
224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245
246 247 473 476 475 474 477 468 471 470 469 472
"""

MIRROR = _frozen([int(number) for number in _MIRROR.split()])
"""Landmark *i* of a mirrored picture is landmark ``MIRROR[i]`` of the true one."""


def mirrored(points: tuple[int, ...]) -> tuple[int, ...]:
    """Partners on the other side of the face.

    Parameters
    ----------
    points : tuple of int
        Landmark numbers.

    Returns
    -------
    tuple of int
        The same anatomical points of the other side, in the same order.
    """
    return tuple(int(MIRROR[point]) for point in points)
