/**
 * The record id of a service account, by its e-mail address. The address names the project, except that of a service account which Google
 * made itself: such a one is only ever attached to what is in its own project.
 */
export function accountIdOf(email: string, project: string): string {
  const named = /@([a-z0-9-]+(?:\.[a-z0-9.-]+?)?)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  // `name@project.example.com.iam.gserviceaccount.com` belongs to `example.com:project`.
  const [id, ...domain] = (named ?? '').split('.');
  const owner = named === undefined ? project : domain.length === 0 ? id : `${domain.join('.')}:${id ?? ''}`;
  return `projects/${owner ?? project}/serviceAccounts/${email}`;
}
