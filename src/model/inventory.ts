import { CoverageSchema, type Coverage } from './coverage.ts';
import { CredentialSchema, type Credential } from './credential.ts';
import { GrantSchema, type Grant } from './grant.ts';
import { IdentitySchema, type Identity } from './identity.ts';
import type { Instant } from './instant.ts';
import type { Kind } from './kind.ts';
import { at, text } from './schema.ts';
import { ScopeSchema, type Scope } from './scope.ts';

export const inventoryVersion = 1;

/** What a connector enumerates, and policies judge. */
export type InventoryRecord = Identity | Credential | Grant;

/** All that collecting gives. */
export type Collected = InventoryRecord | Scope | Coverage;

/** First line of an inventory. */
export type InventoryHead = {
  readonly record: 'inventory';
  readonly schemaVersion: typeof inventoryVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: Instant;
};
/** Kinds travel with the inventory, so that it can be judged where the connector is not installed. */
export type InventoryKind = { readonly record: 'kind' } & { readonly declaration: Kind };
/** Last line. An inventory without it was cut off, and its last surfaces are not complete. */
export type InventoryEnd = { readonly record: 'end'; readonly finishedAt: Instant; readonly lines: number; readonly interrupted: boolean };

/** One line of the NDJSON inventory; the same values stream inside a scan. */
export type InventoryLine = InventoryHead | InventoryKind | Collected | InventoryEnd;

export const InventoryLineSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue inventory, one line',
  type: 'object',
  required: ['record'],
  discriminator: { propertyName: 'record' },
  oneOf: [
    {
      type: 'object',
      required: ['record', 'schemaVersion', 'tool', 'startedAt'],
      additionalProperties: false,
      properties: {
        record: { const: 'inventory' },
        schemaVersion: { const: inventoryVersion },
        tool: { type: 'object', required: ['name', 'version'], properties: { name: text, version: text } },
        startedAt: at,
      },
    },
    {
      type: 'object',
      required: ['record', 'declaration'],
      additionalProperties: false,
      properties: {
        record: { const: 'kind' },
        declaration: {
          type: 'object',
          required: ['id', 'title', 'record', 'proves', 'traits'],
          properties: {
            id: text,
            title: text,
            record: { enum: ['identity', 'credential', 'grant'] },
            proves: text,
            traits: {
              type: 'object',
              required: ['expiry', 'rotation', 'proof', 'revocation', 'takesWith', 'leavesBehind'],
              properties: {
                expiry: { enum: ['never', 'optional', 'always'] },
                rotation: { enum: ['replace', 'in-place', 'automatic', 'none'] },
                proof: { enum: ['bearer', 'possession', 'federated', 'none'] },
              },
            },
          },
        },
      },
    },
    IdentitySchema,
    CredentialSchema,
    GrantSchema,
    ScopeSchema,
    CoverageSchema,
    {
      type: 'object',
      required: ['record', 'finishedAt', 'lines', 'interrupted'],
      additionalProperties: false,
      properties: {
        record: { const: 'end' },
        finishedAt: at,
        lines: { type: 'integer', minimum: 0 },
        interrupted: { type: 'boolean' },
      },
    },
  ],
} as const;
