import type { RolesAnywhereClient } from '@aws-sdk/client-rolesanywhere';
import { required } from '../../src/connector/item.ts';
import { type Fact, known } from '../../src/model/fact.ts';
import type { RegionSession } from './session.ts';
import type { Tags } from './told-tags.ts';

export const rolesAnywhereTags = 'rolesanywhere:ListTagsForResource';

/**
 * The client of this place. Amazon publishes new versions of this package, but the one here is from 2023: what it does not know is
 * left out of its answers, and it reads no AWS_ENDPOINT_URL.
 */
export async function rolesAnywhere({ service }: RegionSession): Promise<RolesAnywhereClient> {
  const { RolesAnywhereClient } = await import('@aws-sdk/client-rolesanywhere');
  return service(() => Promise.resolve(RolesAnywhereClient));
}

export async function rolesAnywhereTagsOf(client: RolesAnywhereClient, signal: AbortSignal, resourceArn: string): Promise<Fact<Tags>> {
  const { ListTagsForResourceCommand } = await import('@aws-sdk/client-rolesanywhere');
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal: signal });
  return known(Object.fromEntries(required(tags, 'tags').flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? '']]))));
}
