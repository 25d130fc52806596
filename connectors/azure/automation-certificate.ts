// https://learn.microsoft.com/en-us/rest/api/automation/certificate/list-by-automation-account
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Child, childPages } from './children.ts';
import { text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { date, orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';

export const automationCertificateKind = defineKind({
  id: 'azure.automation_certificate',
  title: 'Certificate of an Automation account',
  record: 'credential',
  proves: 'Runbooks sign in with it wherever it is trusted.',
  traits: {
    expiry: 'always',
    rotation: 'in-place',
    proof: 'possession',
    revocation: { seen: ['certificate absent', 'no longer trusted where runbooks showed it'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.app_certificate', 'azure.sp_certificate', 'azure.keyvault_certificate'],
  },
});

const listCertificates = { call: 'GET {automationAccountId}/certificates', permission: 'Reader' } as const;

export const automationCertificate = defineSurface<Session, Child>({
  id: 'azure.automation_certificate',
  title: 'Certificates of Automation accounts',
  source: 'https://learn.microsoft.com/en-us/rest/api/automation/certificate/list-by-automation-account',
  level: 'tenant',
  kinds: [
    {
      kind: automationCertificateKind,
      facts: { createdAt: 'exposed', expiresAt: 'exposed', fingerprint: 'exposed', purpose: 'exposed', owner: 'from-tags' },
    },
  ],
  operations: [resourcesOperation, listCertificates],
  list: (session, look) =>
    childPages(session, look, {
      type: 'microsoft.automation/automationaccounts',
      noun: 'certificates',
      version: '2023-11-01',
      operation: listCertificates,
    }),
  normalize,
});

/** `lastModifiedTime` moves with the description too, so it is no rotation. */
function normalize({ parent, raw }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  const { expiryTime, creationTime, thumbprint, description, isExportable } = propertiesOf(raw);
  const expiresAt = date(expiryTime);
  const print = text(thumbprint);
  const words = text(description);
  return [
    resourceCredential(
      {
        kind: automationCertificateKind,
        id: required(text(raw['id']), 'id'),
        name: required(text(raw['name']), 'name'),
        status: orExpired('active', expiresAt, seen.observedAt),
        parent,
        operation: listCertificates.call,
        told: {
          createdAt: date(creationTime),
          expiresAt,
          purpose: words === undefined ? absent() : known(words),
          ...(print === undefined ? {} : { fingerprint: known(print.toUpperCase()) }),
        },
        details: { exportable: isExportable },
      },
      seen,
    ),
  ];
}
