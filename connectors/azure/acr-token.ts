// https://learn.microsoft.com/en-us/rest/api/containerregistry/tokens/list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { known } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Child, childPages } from './children.ts';
import { unlessNever } from './expiry.ts';
import { type Json, isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';
import { textTime, textTimeOrAbsent } from './text-time.ts';

export const acrTokenKind = defineKind({
  id: 'azure.acr_token',
  title: 'Password or certificate of a container registry token',
  record: 'credential',
  proves: 'Whoever holds it does with the repositories of the registry what the scope map of its token allows.',
  remedy: {
    disable:
      'az acr token update --subscription {details.subscription} --registry {details.resource} --name {details.token} --status disabled',
    delete: 'az acr token delete --subscription {details.subscription} --registry {details.resource} --name {details.token}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['password absent from the token, or token absent or disabled'], tokensLive: '3h' },
    takesWith: [],
    leavesBehind: ['azure.acr_admin_user', 'azure.keyvault_secret'],
  },
});

const listTokens = { call: 'GET {registryId}/tokens', permission: 'Reader', fields: { status: 'properties.status' } } as const;

export const acrToken = defineSurface<Session, Child>({
  id: 'azure.acr_token',
  title: 'Tokens of container registries',
  source: 'https://learn.microsoft.com/en-us/rest/api/containerregistry/tokens/list',
  level: 'tenant',
  kinds: [
    {
      kind: acrTokenKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'exposed',
        fingerprint: 'exposed',
        purpose: 'from-tags',
        owner: 'from-tags',
      },
    },
  ],
  operations: [resourcesOperation, listTokens],
  list: (session, look) =>
    childPages(session, look, {
      type: 'microsoft.containerregistry/registries',
      noun: 'tokens',
      version: '2023-07-01',
      operation: listTokens,
    }),
  normalize,
});

/** A token without passwords and certificates proves nothing, so it is no record. */
function normalize({ parent, raw }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const token = required(text(raw['name']), 'name');
  const { credentials, status, scopeMapId } = propertiesOf(raw);
  const details = { token, scopeMap: text(scopeMapId)?.split('/').at(-1) };
  const isEnabled = status === 'enabled';
  const shared = { kind: acrTokenKind, parent, operation: listTokens.call } as const;
  return [
    ...parts(credentials, 'passwords').map((password) => {
      const name = required(text(password['name']), 'passwords.name');
      const createdAt = textTime(password['creationTime']);
      const expiresAt = unlessNever(textTimeOrAbsent(password['expiry']));
      return resourceCredential(
        {
          ...shared,
          id: `${id}/passwords/${name}`,
          name: `${token} ${name}`,
          status: orExpired(isEnabled ? 'active' : 'inactive', expiresAt, seen.observedAt),
          // A generated password replaces the one of its name.
          told: { createdAt, rotatedAt: createdAt, expiresAt },
          details,
        },
        seen,
      );
    }),
    ...parts(credentials, 'certificates').map((certificate) => {
      const name = required(text(certificate['name']), 'certificates.name');
      const expiresAt = unlessNever(textTimeOrAbsent(certificate['expiry']));
      const thumbprint = text(certificate['thumbprint']);
      return resourceCredential(
        {
          ...shared,
          id: `${id}/certificates/${name}`,
          name: `${token} ${name}`,
          status: orExpired(isEnabled ? 'active' : 'inactive', expiresAt, seen.observedAt),
          told: { expiresAt, ...(thumbprint === undefined ? {} : { fingerprint: known(thumbprint.toUpperCase()) }) },
          details,
        },
        seen,
      );
    }),
  ];
}

function parts(credentials: unknown, noun: 'passwords' | 'certificates'): readonly Json[] {
  const listed = isJson(credentials) ? credentials[noun] : undefined;
  return Array.isArray(listed) ? listed.filter(isJson) : [];
}
