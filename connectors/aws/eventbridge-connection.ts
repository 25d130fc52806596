import type { Connection, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { serviceBudget } from './budget.ts';
import { rotationUnlessModified } from './life.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Connection.html

export const eventbridgeConnectionKind = defineKind({
  id: 'aws.eventbridge_connection',
  title: 'Connection of EventBridge',
  record: 'credential',
  proves: 'Opens an outside API to event rules and pipes, with a password, an API key or an OAuth client.',
  remedy: {
    disable: 'aws events deauthorize-connection --name {name} --region {scope.region}',
    delete: 'aws events delete-connection --name {name} --region {scope.region}',
  },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['ListConnections shows it DEAUTHORIZED, or no longer', 'the outside API refuses the old value'],
      tokensLive: null,
    },
    // Its secret in Secrets Manager goes with it.
    takesWith: ['aws.secretsmanager_secret'],
    leavesBehind: [],
  },
});

type Detail = { readonly purpose: Fact<string>; readonly secret: string | undefined };
type RawConnection = {
  readonly connection: Pick<
    Connection,
    'ConnectionArn' | 'Name' | 'ConnectionState' | 'AuthorizationType' | 'CreationTime' | 'LastModifiedTime' | 'LastAuthorizedTime'
  >;
  readonly detail: Fact<Detail>;
};

const listing = 'events:ListConnections';
const describing = 'events:DescribeConnection';

export const eventbridgeConnection: Surface<RegionSession> = defineSurface<RegionSession, RawConnection>({
  id: 'aws.eventbridge_connection',
  title: 'EventBridge connections',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html',
  level: 'region',
  kinds: [
    {
      kind: eventbridgeConnectionKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', notBefore: 'never', purpose: 'exposed' },
    },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: describing, permission: describing, facts: ['purpose'] },
  ],

  async *list({ service }, look) {
    const { EventBridgeClient, ListConnectionsCommand } = await import('@aws-sdk/client-eventbridge');
    const client = await service(() => Promise.resolve(EventBridgeClient));
    const pages = pagesOf('Connections', async (token) => {
      const page = await client.send(new ListConnectionsCommand({ Limit: 100, NextToken: token }), { abortSignal: look.signal });
      return { items: page.Connections, next: page.NextToken };
    });
    for await (const page of pages) {
      const raw: RawConnection[] = [];
      const described = fanOut(page, serviceBudget.concurrency, (connection) => withDetail(client, look, connection));
      for await (const connection of described) raw.push(connection);
      yield raw;
    }
  },

  normalize({ connection, detail }, { session, observedAt }): readonly InventoryRecord[] {
    return [
      credential({
        id: required(connection.ConnectionArn, 'ConnectionArn'),
        kind: eventbridgeConnectionKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(connection.Name, 'Name'),
        identity: absent(),
        status: statuses[connection.ConnectionState ?? ''] ?? 'unknown',
        managedBy: 'customer',
        createdAt: time(connection.CreationTime),
        rotatedAt: rotationUnlessModified(connection.CreationTime, connection.LastModifiedTime),
        // LastAuthorizedTime tells when the secret was last checked in, not when an event last went out with it.
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: detail.state === 'known' ? detail.value.purpose : detail,
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          { operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt'] },
          ...(detail.state === 'known' ? [{ operation: describing, observedAt, fields: ['purpose'] }] : []),
        ],
        details: detailsOf(connection, valueOf(detail)),
      }),
    ];
  },
});

/** A connection that lost its login is off; on the way from one state to the next nobody can tell. */
const statuses: Readonly<Record<string, Status>> = {
  ACTIVE: 'active',
  AUTHORIZED: 'active',
  DEAUTHORIZED: 'inactive',
  DEAUTHORIZING: 'inactive',
  DELETING: 'pending-deletion',
  // Its network path is broken; its login still stands.
  FAILED_CONNECTIVITY: 'active',
  UPDATING: 'active',
};

async function withDetail(client: EventBridgeClient, look: Look, entry: Connection): Promise<RawConnection> {
  const { ConnectionArn, Name, ConnectionState, AuthorizationType, CreationTime, LastModifiedTime, LastAuthorizedTime } = entry;
  const connection = { ConnectionArn, Name, ConnectionState, AuthorizationType, CreationTime, LastModifiedTime, LastAuthorizedTime };
  if (Name === undefined) return { connection, detail: unknown('malformed-response') };
  const detail = await look.learn<Detail>(async () => {
    const { DescribeConnectionCommand } = await import('@aws-sdk/client-eventbridge');
    const described = await client.send(new DescribeConnectionCommand({ Name }), { abortSignal: look.signal });
    required(described.ConnectionArn, 'ConnectionArn');
    return known({ purpose: purposeOf(described.Description), secret: described.SecretArn });
  });
  return { connection, detail };
}

function detailsOf(connection: RawConnection['connection'], detail: Detail | undefined): Readonly<Record<string, string>> {
  const { AuthorizationType, ConnectionState, LastModifiedTime, LastAuthorizedTime } = connection;
  const modifiedAt = LastModifiedTime && instant(LastModifiedTime);
  const authorizedAt = LastAuthorizedTime && instant(LastAuthorizedTime);
  return {
    ...(AuthorizationType === undefined ? {} : { authorization: AuthorizationType }),
    ...(ConnectionState === undefined ? {} : { state: ConnectionState }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(authorizedAt === undefined ? {} : { authorizedAt }),
    // Secrets Manager lists the same secret as one that EventBridge manages.
    ...(detail?.secret === undefined ? {} : { secret: detail.secret }),
  };
}
