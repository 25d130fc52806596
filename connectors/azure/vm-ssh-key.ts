// https://learn.microsoft.com/en-us/rest/api/compute/ssh-public-keys/list-by-subscription
import { createHash } from 'node:crypto';
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceCredential } from './resource-credential.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

export const vmSshKeyKind = defineKind({
  id: 'azure.vm_ssh_key',
  title: 'SSH key of virtual machines',
  record: 'credential',
  proves: 'Whoever holds its private key signs in to the machines that were made with it.',
  remedy: { delete: 'az resource delete --ids {id}' },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    // The machines have copies of their own.
    revocation: { seen: ['key absent', 'its fingerprint absent from authorized_keys of each machine'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

export const vmSshKey = defineSurface<Session, Json>({
  id: 'azure.vm_ssh_key',
  title: 'SSH keys for virtual machines',
  source: 'https://learn.microsoft.com/en-us/rest/api/compute/ssh-public-keys/list-by-subscription',
  level: 'tenant',
  kinds: [
    {
      kind: vmSshKeyKind,
      facts: { expiresAt: 'never', notBefore: 'never', fingerprint: 'exposed', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [resourcesOperation],
  list: (session) => servicesOf(session, 'microsoft.compute/sshpublickeys'),
  normalize,
});

function normalize(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const publicKey = text(row['publicKey']);
  const undated = unknown('not-offered', 'the key is dated nowhere');
  return [
    resourceCredential(
      {
        kind: vmSshKeyKind,
        id: required(text(row['id']), 'id'),
        name: required(text(row['name']), 'name'),
        status: 'active',
        parent: row,
        operation: resourcesOperation.call,
        told: {
          createdAt: undated,
          rotatedAt: undated,
          lastUsedAt: unknown('not-offered', 'only the machines know who signs in'),
          expiresAt: absent(),
          notBefore: absent(),
          fingerprint: fingerprintOf(publicKey),
        },
        details: { type: publicKey?.trim().split(/\s+/)[0] },
      },
      seen,
    ),
  ];
}

/** As `ssh-keygen -l` prints it. A key that is still to be generated has no text. */
function fingerprintOf(publicKey: string | undefined): Fact<string> {
  if (publicKey === undefined) return absent();
  const blob = /^\S+\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(publicKey.trim())?.[1];
  if (blob === undefined) return unknown('malformed-response', 'no public key in the form of OpenSSH');
  return known(`SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`);
}
