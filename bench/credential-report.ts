export type Reported = {
  keysOf(user: string): number;
  isPerson(user: string): boolean;
  arnOf(user: string): string;
  readonly made: string;
};

/** The answer to GetCredentialReport. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
export function credentialReport(users: readonly string[], { keysOf, isPerson, arnOf, made }: Reported): string {
  const slots = [1, 2].flatMap((slot) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (name) => `access_key_${String(slot)}_${name}`,
    ),
  );
  const passwords = ['password_enabled', 'password_last_used', 'password_last_changed', 'password_next_rotation', 'mfa_active'];
  const certificates = ['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'];
  const head = ['user', 'arn', 'user_creation_time', ...passwords, ...slots, ...certificates];
  const none = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const password = (user: string): readonly string[] =>
    isPerson(user) ? ['true', '2026-11-01T08:00:00Z', made, 'N/A', 'true'] : ['false', 'N/A', 'N/A', 'N/A', 'false'];
  const noCertificate = ['false', 'N/A', 'false', 'N/A'];
  const slot = (user: string, number: number): readonly string[] =>
    number <= keysOf(user)
      ? ['true', made.replace('08:00:00', `08:00:0${String(number)}`), '2026-11-01T08:00:00Z', 'eu-west-1', 's3']
      : none;
  const rows = users.map((user) => [user, arnOf(user), made, ...password(user), ...slot(user, 1), ...slot(user, 2), ...noCertificate]);
  const content = Buffer.from([head, ...rows].map((row) => row.join(',')).join('\n')).toString('base64');
  return `<Content>${content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-11-20T23:59:00Z</GeneratedTime>`;
}
