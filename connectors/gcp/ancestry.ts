import { required } from '../../src/connector/item.ts';
import { listIn, objectIn, textIn } from './answer.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/resource-manager/reference/rest/v1/projects/getAncestry

/** The project itself by its id, then what it is in, up to the organisation: `projects/p`, `folders/810020030040`, `organizations/6201`. */
export async function readAncestry(google: Reader, project: string): Promise<readonly string[]> {
  const answer = await google.post('cloudresourcemanager', `v1/projects/${project}:getAncestry`, {});
  return listIn(answer, 'ancestor').map((each) => {
    const resource = objectIn(each, 'resourceId');
    return `${required(textIn(resource, 'type'), 'type')}s/${required(textIn(resource, 'id'), 'id')}`;
  });
}
