// https://learn.microsoft.com/en-us/rest/api/apimanagement/certificate/list-by-service, https://learn.microsoft.com/en-us/rest/api/appservice/certificates/list,
// https://learn.microsoft.com/en-us/rest/api/automation/certificate/list-by-automation-account, https://learn.microsoft.com/en-us/rest/api/iothub/certificates/list-by-iot-hub
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { childPages } from './children.ts';
import { type Json, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import { type ServiceCertificates, serviceCertificates } from './service-certificate-kinds.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';
import { textTimeOrAbsent } from './text-time.ts';

type Item = { readonly sort: ServiceCertificates; readonly parent: Json; readonly raw: Json };

export const serviceCertificate = defineSurface<Session, Item>({
  id: 'azure.service_certificate',
  title: 'Certificates of API Management, App Service, Container Apps, Automation and IoT Hub',
  source: 'https://learn.microsoft.com/en-us/rest/api/appservice/certificates/list',
  level: 'tenant',
  kinds: serviceCertificates.map((sort) => ({ kind: sort.kind, facts: factsOf(sort) })),
  operations: [resourcesOperation, ...serviceCertificates.flatMap(({ under }) => under?.operation ?? [])],
  list,
  normalize,
});

function factsOf({ notBefore, createdAt, purpose }: ServiceCertificates): SurfaceKind['facts'] {
  return {
    expiresAt: 'exposed',
    fingerprint: 'exposed',
    owner: 'from-tags',
    purpose: purpose === undefined ? 'from-tags' : 'exposed',
    ...(notBefore === undefined ? {} : { notBefore: 'exposed' }),
    ...(createdAt === undefined ? {} : { createdAt: 'exposed' }),
  };
}

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for (const sort of serviceCertificates) {
    const { type, under } = sort;
    if (under === undefined) {
      for await (const page of servicesOf(session, type)) yield page.map((raw) => ({ sort, parent: raw, raw }));
    } else {
      for await (const page of childPages(session, look, { type, noun: 'certificates', ...under }))
        yield page.map(({ parent, raw }) => ({ sort, parent, raw }));
    }
  }
}

function normalize({ sort, parent, raw }: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const { kind, under, date, createdAt, notBefore, purpose, vault } = sort;
  const properties = under === undefined ? raw : propertiesOf(raw);
  const expiresAt = date(properties[sort.expiresAt]);
  const print = text(properties['thumbprint']);
  const words = purpose === undefined ? undefined : text(properties[purpose]);
  const holder = vault === undefined ? undefined : properties[vault];
  return [
    resourceCredential(
      {
        kind,
        id: required(text(raw['id']), 'id'),
        name: required(text(raw['name']), 'name'),
        status: orExpired(sort.isOff?.(properties) === true ? 'inactive' : 'active', expiresAt, seen.observedAt),
        parent,
        operation: under?.operation.call ?? resourcesOperation.call,
        told: {
          expiresAt,
          ...(createdAt === undefined ? {} : { createdAt: date(properties[createdAt]) }),
          ...(notBefore === undefined ? {} : { notBefore: textTimeOrAbsent(properties[notBefore]) }),
          ...(purpose === undefined ? {} : { purpose: words === undefined ? absent() : known(words) }),
          ...(print === undefined ? {} : { fingerprint: known(print.toUpperCase()) }),
        },
        details: {
          ...Object.fromEntries(Object.entries(sort.details).map(([name, property]) => [name, properties[property]])),
          ...(vault === undefined ? {} : { fromKeyVault: holder !== undefined && holder !== null && holder !== '' }),
        },
      },
      seen,
    ),
  ];
}
