import { type LogScale, place } from './log-scale.ts';
import { spread } from './spread.ts';

export interface Line {
  readonly label: string;
  /** Right and up, each above 0; from left to right. */
  readonly points: readonly (readonly [right: number, up: number])[];
}

export interface LogPlot {
  readonly title: string;
  readonly right: Axis;
  readonly up: Axis;
  /** The first one is drawn thicker: it is the one that the plot is about. */
  readonly lines: readonly Line[];
}

interface Axis {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

const WIDTH = 900;
const HEIGHT = 560;
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 690, 50, 500];
/** Between two labels. */
const LINE_HEIGHT = 17;

/** Lines are told apart by these, and by their labels: a colour would say nothing to many. */
const DASHES = ['', '12 5', '2 4', '8 3 2 3', '14 4 3 4 3 4', '5 5', '1 7', '18 4', '10 3 1 3 1 3', '4 2'];

/** Both grounds: pages are shown on white and on black. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:15px}.line{fill:none;stroke:#1f2328;stroke-width:1.6}
.first{stroke:#0550ae;stroke-width:3.4}.dot{fill:#1f2328}.firstdot{fill:#0550ae}.grid{stroke:#d0d7de}.lead{stroke:#8c959f}.ground{fill:#fff}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.line{stroke:#e6edf3}.first{stroke:#79c0ff}.dot{fill:#e6edf3}.firstdot{fill:#79c0ff}.grid{stroke:#30363d}.lead{stroke:#6e7681}.ground{fill:#0d1117}}`;

/** An SVG with two logarithmic axes; each line has a label at its right end. */
export function logPlot(plot: LogPlot): string {
  const right: LogScale = { ...plot.right, at: [LEFT, RIGHT] };
  const up: LogScale = { ...plot.up, at: [BOTTOM, TOP] };
  const title = escaped(plot.title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${LEFT}" y="28">${title}</text>`,
    ...plot.right.ticks.map(({ at, text }) => {
      const x = place(right, at);
      return `<path class="grid" d="M${x} ${TOP}V${BOTTOM}"/><text x="${x}" y="${BOTTOM + 20}" text-anchor="middle">${escaped(text)}</text>`;
    }),
    ...plot.up.ticks.map(({ at, text }) => {
      const y = place(up, at);
      return `<path class="grid" d="M${LEFT} ${y}H${RIGHT}"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${escaped(text)}</text>`;
    }),
    `<text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 45}" text-anchor="middle">${escaped(plot.right.title)}</text>`,
    `<text transform="translate(18 ${(TOP + BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escaped(plot.up.title)}</text>`,
    ...plot.lines.map((line, index) => lineText(line, index, { right, up })),
    ...labelsOf(plot.lines, { right, up }),
    '</svg>',
    '',
  ].join('\n');
}

interface Scales {
  readonly right: LogScale;
  readonly up: LogScale;
}

function lineText({ points }: Line, index: number, { right, up }: Scales): string {
  const places = points.map(([x, y]) => [place(right, x), place(up, y)] as const);
  const path = places.map(([x, y]) => `${x},${y}`).join(' ');
  const [line, dot] = index === 0 ? ['line first', 'firstdot'] : ['line', 'dot'];
  const dots = places.map(([x, y]) => `<circle class="${dot}" cx="${x}" cy="${y}" r="${index === 0 ? 4 : 2.2}"/>`);
  const dash = DASHES[index % DASHES.length] ?? '';
  return `<polyline class="${line}" stroke-dasharray="${dash}" points="${path}"/>${dots.join('')}`;
}

/** Beside the ends of the lines, moved apart, each with a thin line to where it belongs. */
function labelsOf(lines: readonly Line[], { right, up }: Scales): readonly string[] {
  const ends = lines.flatMap(({ label, points }) => {
    const end = points.at(-1);
    return end === undefined ? [] : [{ label, x: place(right, end[0]), y: place(up, end[1]) }];
  });
  const heights = spread(
    ends.map(({ y }) => y),
    LINE_HEIGHT,
    BOTTOM,
  );
  return ends.map(({ label, x, y }, index) => {
    const height = heights[index] ?? y;
    const lead = `<path class="lead" d="M${x} ${y}L${RIGHT + 18} ${height}" fill="none"/>`;
    return `${lead}<text x="${RIGHT + 22}" y="${height + 4}">${escaped(label)}</text>`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
