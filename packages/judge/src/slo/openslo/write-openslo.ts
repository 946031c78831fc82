import type { ServiceLevel, SloAlert, SloCatalogue, SloIndicator, SloMeta, SloMetricSource } from './catalogue.ts';
import { formatShorthand } from './duration-shorthand.ts';
import { Findings, type Loss, type Refusal, type SloFinding } from './findings.ts';
import { titleOf } from './library.ts';
import { SHORT_WINDOW } from './read-condition.ts';

/** Plain documents, for whoever writes YAML or JSON. */
export interface OpenSloWriting {
  readonly documents: readonly Readonly<Record<string, unknown>>[];
  readonly refused: readonly SloFinding<Refusal>[];
  readonly losses: readonly SloFinding<Loss>[];
}

/**
 * A catalogue as OpenSLO v1 documents, indicators and alerts inline. `readOpenSlo` makes the same catalogue of them again.
 * A condition of OpenSLO has one window: the short one goes into an annotation that other readers pass over, and that is told.
 * What is no whole number of minutes cannot be said there, and is refused.
 */
export function writeOpenSlo({ levels, services, dataSources }: SloCatalogue): OpenSloWriting {
  const findings = new Findings();
  const documents: readonly Plain[] = [
    ...dataSources.map(({ meta, description, type }) =>
      documentOf('DataSource', meta, { ...given({ description }), type }),
    ),
    ...services.map(({ meta, description }) => documentOf('Service', meta, given({ description }))),
    ...levels.map((level) => writeLevel(level, findings)).filter((document) => document !== null),
  ];
  return { documents, refused: findings.refused, losses: findings.losses };
}

type Plain = Readonly<Record<string, unknown>>;

function documentOf(kind: string, meta: SloMeta, spec: Plain): Plain {
  return { apiVersion: 'openslo/v1', kind, metadata: metadataOf(meta), spec };
}

function writeLevel(level: ServiceLevel, findings: Findings): Plain | null {
  const { meta, description, service, periodMs, indicator, promises, alerts } = level;
  const duration = formatShorthand(periodMs);
  const document = titleOf({ kind: 'SLO', name: meta.name });
  const policies = alerts.map((alert, index) => writeAlert(alert, { findings, document, place: `alerts[${index}]` }));
  if (duration === null) findings.refuse(document, 'periodMs', 'not-in-minutes');
  if (duration === null || policies.includes(null)) return null;
  return documentOf('SLO', meta, {
    ...given({ description }),
    service,
    indicator: writeIndicator(indicator),
    timeWindow: [{ duration, isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: promises.map(({ displayName, target }) => ({ ...given({ displayName }), target })),
    alertPolicies: policies,
  });
}

function writeIndicator({ meta, description, counter, counted, part, total }: SloIndicator): Plain {
  const ratioMetric = { ...given({ counter }), [counted]: metricOf(part), total: metricOf(total) };
  return {
    ...given({ metadata: meta === null ? null : metadataOf(meta) }),
    spec: { ...given({ description }), ratioMetric },
  };
}

function metricOf({ ref, type, spec }: SloMetricSource): Plain {
  return { metricSource: given({ metricSourceRef: ref, type, spec }) };
}

interface Place {
  readonly findings: Findings;
  readonly document: string;
  readonly place: string;
}

function writeAlert(alert: SloAlert, { findings, document, place }: Place): Plain | null {
  const { policy, condition, description, severity, burn, longMs, shortMs } = alert;
  const [lookbackWindow, short] = [formatShorthand(longMs), formatShorthand(shortMs)];
  if (lookbackWindow === null || short === null) {
    findings.refuse(document, place, 'not-in-minutes');
    return null;
  }
  if (shortMs !== longMs) findings.lose(document, place, 'short-window-in-annotation');
  const annotations = shortMs === longMs ? null : { [SHORT_WINDOW]: short };
  const rule = { kind: 'burnrate', op: 'gt', threshold: burn, lookbackWindow, alertAfter: '0m' };
  const conditions = [
    {
      kind: 'AlertCondition',
      metadata: { name: condition, ...given({ annotations }) },
      spec: { ...given({ description }), severity, condition: rule },
    },
  ];
  const spec = { alertWhenBreaching: true, alertWhenResolved: false, alertWhenNoData: false, conditions };
  return { kind: 'AlertPolicy', metadata: { name: policy }, spec: { ...spec, notificationTargets: [] } };
}

function metadataOf({ name, displayName, labels, annotations }: SloMeta): Plain {
  const filled = (record: Plain) => (Object.keys(record).length > 0 ? record : null);
  return { name, ...given({ displayName, labels: filled(labels), annotations: filled(annotations) }) };
}

/** Without what is not given. */
function given(fields: Plain): Plain {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
