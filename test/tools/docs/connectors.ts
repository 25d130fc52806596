import { connectors } from '../../../connectors/index.ts';
import type { Connector, Surface } from '../../../src/connector/contract.ts';
import type { Pages } from './pages.ts';
import { code, generated, markdownTable } from './markdown.ts';
import { settingRows } from './settings.ts';

/** One page for each connector: what it reads, with which permissions, what it can tell and what nobody can. */
export async function connectorPages(): Promise<Pages> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  return new Map(all.map((connector) => [`docs/connectors/${connector.id}.md`, page(connector)]));
}

function page(connector: Connector): string {
  const permissions = [
    ...new Set(
      [...connector.surfaces.flatMap(({ operations }) => operations), ...(connector.discovery ?? [])].map(({ permission }) => permission),
    ),
  ].toSorted();
  return [
    generated(connector.title, `connectors/${connector.id}`),
    `## Settings\n\nIn \`overdue.yaml\` under \`connectors.${connector.id}\`, or \`--set ${connector.id}.<setting>=<value>\`.\n\n`,
    markdownTable(['Setting', 'Type', 'Meaning'], settingRows(connector.settings)),
    '\n',
    markdownTable(
      ['Environment', 'Meaning'],
      connector.environment.map(({ name, meaning }) => [code(name), meaning]),
    ),
    '\n## Surfaces\n',
    ...connector.surfaces.map(surfaceSection),
    '\n## Never visible\n\nWhat no API of the provider lists. Every run prints these.\n\n',
    markdownTable(
      ['What', 'Why'],
      connector.blindSpots.map(({ surface, detail }) => [code(surface), detail]),
    ),
    `\n## Permissions\n\n\`overdue permissions ${connector.id}\` prints:\n\n\`\`\`\n${connector.permissionDocument(permissions)}\`\`\`\n`,
  ].join('');
}

function surfaceSection(surface: Surface<unknown>): string {
  return [
    `\n### ${code(surface.id)}\n\n${surface.title}, one look for each ${surface.level}. [API](${surface.source})\n\n`,
    markdownTable(
      ['Operation', 'Permission', 'Without it', 'Facts and the fields they are read from'],
      surface.operations.map(({ call, permission, facts, fields }) => [code(call), code(permission), loss(facts), reading(fields)]),
    ),
    '\n',
    surface.kinds.length === 0 ? 'Gives scopes, with their names and tags: what all else lives in.\n' : factTable(surface),
  ].join('');
}

function reading(fields: Surface<unknown>['operations'][number]['fields'] = {}): string {
  return Object.entries(fields)
    .map(([fact, names]) => `${fact}: ${[names].flat().map(code).join(' or ')}`)
    .join(', ');
}

function loss(facts: Surface<unknown>['operations'][number]['facts']): string {
  if (facts === undefined) return 'the surface is denied';
  return facts.length === 0 ? 'asked for in another way' : `${facts.join(', ')} unknown`;
}

function factTable({ kinds }: Surface<unknown>): string {
  return markdownTable(
    ['Kind', 'Fact', 'Told'],
    kinds.flatMap(({ kind, facts }) => Object.entries(facts).map(([fact, exposure]) => [code(kind.id), fact, exposure])),
  );
}
