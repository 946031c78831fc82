import { DEFAULT_LISTEN, STOP_GRACE } from '@slipway/server';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Pod } from 'kubernetes-models/v1/Pod';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, test } from 'vitest';
import { ALL, checked, MANIFESTS, only, podSpecs } from './deployed.ts';

const PORT = Number(DEFAULT_LISTEN.split(':')[1]);
/** What stopping takes beside the executive work: providers that are told to stop, and spans that still leave. In seconds. */
const BESIDE = 11;

const deployment = only(Deployment);
const template = deployment.spec?.template;
const container = template?.spec?.containers[0];

describe('each manifest', () => {
  test.each(Object.entries(MANIFESTS))("%s is what Kubernetes' schema takes", (_, documents) => {
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) expect(() => checked(document)).not.toThrow();
  });

  test.each<[string, (manifest: Record<string, unknown>) => unknown, RegExp]>([
    ['a number in words', (manifest) => ({ ...manifest, spec: { ...deployment.spec, replicas: 'two' } }), /replicas/],
    ['no selector', (manifest) => ({ ...manifest, spec: { ...deployment.spec, selector: undefined } }), /selector/],
    ['a kind that there is not', (manifest) => ({ ...manifest, kind: 'Deploiment' }), /of a kind/],
  ])('would be refused with %s', (_, damage, says) => {
    const [document] = MANIFESTS['deploy/kubernetes/deployment.yaml'] ?? [];
    expect(() => checked(damage({ ...(document as Record<string, unknown>) }))).toThrow(says);
  });

  test('names no namespace: that is for whoever applies it', () => {
    expect(ALL.map(({ metadata }) => metadata?.namespace)).toEqual(ALL.map(() => undefined));
  });
});

describe('the parts', () => {
  test('find each other by labels', () => {
    const labels = template?.metadata?.labels;
    const selectors = [
      deployment.spec?.selector.matchLabels,
      only(Service).spec?.selector,
      only(PodDisruptionBudget).spec?.selector?.matchLabels,
      only(NetworkPolicy).spec?.podSelector?.matchLabels,
    ];
    for (const selector of selectors) {
      expect(Object.keys(selector ?? {})).not.toEqual([]);
      expect(labels).toMatchObject(selector ?? {});
    }
    // A pod for a moment: neither the service nor the budget may count it.
    expect(only(Pod).metadata?.labels).toBeUndefined();
  });

  test('agree on the port', () => {
    expect(container?.ports).toEqual([{ name: 'http', containerPort: PORT }]);
    expect(container?.args).toContain(`0.0.0.0:${PORT}`);
    expect(only(Pod).spec?.containers[0]?.args).toContain(DEFAULT_LISTEN);
    const named = [
      only(Service).spec?.ports?.[0]?.targetPort,
      only(NetworkPolicy).spec?.ingress?.[0]?.ports?.[0]?.port,
      container?.startupProbe?.httpGet?.port,
      container?.livenessProbe?.httpGet?.port,
      container?.readinessProbe?.httpGet?.port,
    ];
    expect(named).toEqual(named.map(() => 'http'));
    expect(template?.metadata?.annotations?.['prometheus.io/port']).toBe(String(PORT));
  });

  test('leave a server the time that it takes to stop', () => {
    const before = container?.lifecycle?.preStop?.sleep?.seconds ?? Number.NaN;
    const given = template?.spec?.terminationGracePeriodSeconds;
    expect(given).toBeGreaterThanOrEqual(before + STOP_GRACE / 1000 + BESIDE);
  });

  test('keep one server while nodes are drained', () => {
    expect(deployment.spec?.replicas).toBeGreaterThan(Number(only(PodDisruptionBudget).spec?.minAvailable));
  });
});

describe('a pod', () => {
  test('is held to the restricted profile', () => {
    for (const { securityContext, automountServiceAccountToken, containers } of podSpecs()) {
      expect(automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const each of containers) {
        expect(each.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  test('gets its secrets by reference, and writes where something is mounted', () => {
    for (const { containers, volumes } of podSpecs()) {
      const [{ env = [], volumeMounts = [], args = [] } = {}] = containers;
      expect(env.find(({ name }) => name === 'DATABASE_URL')).toEqual({
        name: 'DATABASE_URL',
        valueFrom: { secretKeyRef: { name: 'slipway-database', key: 'url' } },
      });
      const data = args[args.indexOf('--data') + 1] ?? '';
      expect(volumeMounts.some(({ mountPath }) => data.startsWith(`${mountPath}/`))).toBe(true);
      expect(volumeMounts.map(({ name }) => name)).toEqual((volumes ?? []).map(({ name }) => name));
    }
  });
});
