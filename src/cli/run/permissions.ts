import type { Host } from '../host.ts';
import { loadConnectors, mustKnow } from './open-run.ts';

export async function runPermissions(
  id: string,
  { surface: wanted }: { readonly surface?: readonly string[] },
  host: Host,
): Promise<number> {
  const declared = await loadConnectors(host);
  mustKnow(
    id,
    declared.map((each) => each.id),
    'connector',
  );
  const [connector] = declared.filter((each) => each.id === id);
  if (!connector) return 2;
  for (const each of wanted ?? [])
    mustKnow(
      each,
      connector.surfaces.map((surface) => surface.id),
      'surface',
    );
  const surfaces = connector.surfaces.filter((each) => wanted?.includes(each.id) !== false);
  const levels = new Set(surfaces.map(({ level }) => level));
  const discovery = (connector.discovery ?? []).filter(({ level }) => levels.has(level));
  const needed = [...surfaces.flatMap(({ operations }) => operations), ...discovery].map(({ permission }) => permission);
  await host.stdout.write(connector.permissionDocument([...new Set(needed)].toSorted()));
  return 0;
}
