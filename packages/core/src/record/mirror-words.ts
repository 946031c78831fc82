import type { MirrorDifference, MirrorReport } from '../model/mirror-report.ts';

/** The words around what copies of requests showed. */
export interface MirrorWords {
  readonly heading: string;
  readonly newest: string;
  readonly columns: Readonly<
    Record<'copied' | 'compared' | 'different' | 'leftOut' | 'latency' | 'request' | 'differs' | 'detail', string>
  >;
  readonly unknown: string;
  readonly copied: (report: Pick<MirrorReport, 'copied' | 'failed' | 'share' | 'version'>) => string;
  readonly different: (report: Pick<MirrorReport, 'different' | 'differences'>) => string;
  readonly leftOut: (reasons: MirrorReport['leftOut']) => string;
  readonly what: Readonly<Record<MirrorDifference['what'], string>>;
}

export const enMirror: MirrorWords = {
  heading: 'What the copies showed',
  newest: 'The newest differences',
  columns: {
    copied: 'Copied',
    compared: 'Compared',
    different: 'Different',
    leftOut: 'Left out',
    latency: 'p50, p99 in ms: new / old',
    request: 'Request',
    differs: 'What differs',
    detail: 'Where',
  },
  unknown: 'the router could not say',
  copied: ({ copied, failed, share, version }) => `${share} % to ${version}: ${copied}, of which ${failed} failed`,
  different: ({ different, differences }) => `${different} (status ${differences.status}, body ${differences.body})`,
  leftOut: ({ busy, tooLarge, brokenOff, unselected }) =>
    `no room ${busy}, too large ${tooLarge}, broken off ${brokenOff}, nothing selected ${unselected ?? '–'}`,
  what: { status: 'status', body: 'body' },
};

export const frMirror: MirrorWords = {
  heading: 'Ce que les copies ont montré',
  newest: 'Les différences les plus récentes',
  columns: {
    copied: 'Copié',
    compared: 'Comparé',
    different: 'Différent',
    leftOut: 'Laissé de côté',
    latency: 'p50, p99 en ms : nouvelle / ancienne',
    request: 'Requête',
    differs: 'Ce qui diffère',
    detail: 'Où',
  },
  unknown: "le routeur n'a pas pu le dire",
  copied: ({ copied, failed, share, version }) => `${share} % vers ${version} : ${copied}, dont ${failed} en échec`,
  different: ({ different, differences }) => `${different} (statut ${differences.status}, corps ${differences.body})`,
  leftOut: ({ busy, tooLarge, brokenOff, unselected }) =>
    `sans place ${busy}, trop grand ${tooLarge}, rompu ${brokenOff}, rien de sélectionné ${unselected ?? '–'}`,
  what: { status: 'statut', body: 'corps' },
};
