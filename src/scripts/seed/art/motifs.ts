// Sample designs for the listing pictures: what a customer might have printed. Shapes only, no lettering.

/** A sun over mountains in a round badge of radius 100 about the origin. */
export function mountainBadge(): string {
  return (
    `<clipPath id="badge"><circle r="92"/></clipPath>` +
    `<circle r="100" fill="#fdf3e1"/><g clip-path="url(#badge)">` +
    `<rect x="-100" y="-100" width="200" height="200" fill="#f6b25e"/>` +
    `<rect x="-100" y="-20" width="200" height="40" fill="#ef8f57"/>` +
    `<circle cx="22" cy="-24" r="34" fill="#ffe09a"/>` +
    `<path d="M -110 40 L -52 -34 L -22 2 L 8 -30 L 110 60 V 110 H -110 Z" fill="#d0624d"/>` +
    `<path d="M -52 -34 L -22 2 L -38 6 L -50 -6 L -62 8 L -72 -8 Z M 8 -30 L 34 -8 L 22 0 L 8 -8 L -4 2 L -8 -14 Z" fill="#fdf3e1"/>` +
    `<path d="M -110 56 C -60 26, -20 66, 30 42 C 60 28, 90 40, 110 50 V 110 H -110 Z" fill="#2f6f73"/>` +
    `<path d="M -110 78 C -50 56, 10 92, 110 66 V 110 H -110 Z" fill="#1f4a55"/>` +
    `</g><circle r="92" fill="none" stroke="#fdf3e1" stroke-width="4"/>`
  )
}

/** A sleeping cat curled into a ball, about 220 pixels wide, about the origin. */
export function sleepingCat(): string {
  return (
    `<ellipse cx="0" cy="78" rx="118" ry="12" fill="#3d4a52" fill-opacity="0.12"/>` +
    `<path d="M -112 36 C -112 -44, -46 -84, 12 -80 C 84 -76, 118 -24, 110 28 C 104 70, 60 82, 0 82 C -70 82, -112 74, -112 36 Z" fill="#e59a4f"/>` +
    `<path d="M -20 -78 C -14 -60, -16 -48, -24 -36 C -34 -48, -40 -60, -40 -72 Z M 18 -80 C 24 -62, 22 -48, 14 -36 C 4 -48, 0 -62, -2 -79 Z M 56 -70 C 60 -54, 58 -42, 48 -30 C 40 -42, 38 -56, 38 -76 Z" fill="#c97a35"/>` +
    `<path d="M 108 34 C 120 66, 84 90, 26 84 C -8 80, -20 62, 0 54 C 34 62, 74 58, 84 30 Z" fill="#d78a42"/>` +
    `<path d="M 14 82 C -10 77, -20 61, 0 54 C 12 56, 20 58, 26 60 C 18 66, 14 74, 14 82 Z" fill="#fbeedd"/>` +
    `<path d="M -104 -6 L -110 -52 L -76 -32 C -62 -38, -46 -38, -34 -32 L -4 -50 L -6 -4 C 2 30, -22 54, -56 54 C -92 54, -112 28, -104 -6 Z" fill="#eda75e"/>` +
    `<path d="M -102 -22 L -104 -40 L -88 -30 Z M -12 -20 L -10 -38 L -24 -28 Z" fill="#f6c9c0"/>` +
    `<path d="M -84 36 C -74 26, -38 26, -28 36 C -34 50, -78 50, -84 36 Z" fill="#fbeedd"/>` +
    `<path d="M -90 10 C -86 18, -76 18, -72 10 M -40 10 C -36 18, -26 18, -22 10 M -56 30 V 36 M -56 36 C -60 42, -66 42, -68 38 M -56 36 C -52 42, -46 42, -44 38" fill="none" stroke="#6b3f1d" stroke-width="4" stroke-linecap="round"/>` +
    `<path d="M -61 24 H -51 L -56 31 Z" fill="#b8544a"/>` +
    `<g stroke="#4a7fa5" stroke-width="6" stroke-linecap="round" stroke-linejoin="round" fill="none">` +
    `<path d="M 30 -112 H 54 L 30 -88 H 54"/><path d="M 74 -150 H 106 L 74 -118 H 106"/></g>`
  )
}

/** Abstract shapes in earthen colours for a sheet of 720 x 960 pixels with its corner at the origin. */
export function abstractShapes(): string {
  return (
    `<rect width="720" height="960" fill="#f4ebdc"/>` +
    `<circle cx="470" cy="260" r="150" fill="#d9774f"/>` +
    `<path d="M 110 660 V 400 A 145 145 0 0 1 400 400 V 660 Z" fill="#2f5d62"/>` +
    `<path d="M 158 660 V 404 A 97 97 0 0 1 352 404 V 660 Z" fill="#5e8b7e"/>` +
    `<path d="M 206 660 V 408 A 49 49 0 0 1 304 408 V 660 Z" fill="#f4ebdc"/>` +
    `<path d="M 60 724 C 200 640, 330 780, 470 690 C 560 632, 620 650, 660 676 V 876 H 60 Z" fill="#e3b066"/>` +
    `<path d="M 60 806 C 220 730, 380 850, 660 760 V 900 H 60 Z" fill="#b8563c"/>` +
    `<g fill="none" stroke="#3a332b" stroke-width="5" stroke-linecap="round"><path d="M 540 690 C 530 600, 548 520, 580 440"/></g>` +
    `<g fill="#3f4f3c">${[0, 1, 2, 3, 4].map((i) => sprig(542 + i * i * 2.2, 650 - i * 50)).join("")}</g>` +
    `<rect x="60" y="60" width="600" height="840" fill="none" stroke="#3a332b" stroke-opacity="0.16" stroke-width="3"/>`
  )
}

function sprig(x: number, y: number): string {
  return (
    `<path d="M ${x} ${y} q 34 -38 62 -34 q -14 38 -62 34 Z"/>` +
    `<path d="M ${x} ${y - 14} q -40 -26 -62 -12 q 24 28 62 12 Z"/>`
  )
}

/** Layered waves under a moon for the case's panel of 476 x 714 pixels with its corner at the origin. */
export function moonlitWaves(): string {
  return (
    `<rect width="476" height="714" fill="url(#night)"/>` +
    `<circle cx="330" cy="150" r="72" fill="#ffe9c4"/><circle cx="330" cy="150" r="104" fill="#ffe9c4" fill-opacity="0.16"/>` +
    `<g fill="#ffffff" fill-opacity="0.85">${STARS}</g>` +
    `<path d="M 0 380 C 90 320, 170 410, 250 370 C 330 330, 400 350, 476 320 V 714 H 0 Z" fill="#e58a83"/>` +
    `<path d="M 0 450 C 80 410, 160 490, 260 440 C 340 400, 410 440, 476 410 V 714 H 0 Z" fill="#b85c7c"/>` +
    `<path d="M 0 540 C 100 480, 190 570, 290 520 C 360 486, 420 520, 476 500 V 714 H 0 Z" fill="#73406f"/>` +
    `<path d="M 0 624 C 100 580, 200 650, 300 606 C 370 580, 430 610, 476 596 V 714 H 0 Z" fill="#3c2a52"/>`
  )
}

const STARS = [
  [60, 80, 4],
  [120, 190, 3],
  [190, 60, 3],
  [90, 280, 3],
  [230, 150, 4],
  [420, 280, 3],
  [170, 260, 2.5],
  [40, 180, 2.5],
  [250, 280, 3],
]
  .map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}"/>`)
  .join("")
