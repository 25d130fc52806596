import type { GetCredentialReportCommandOutput, IAM } from '@aws-sdk/client-iam';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError, causes } from '../../src/connector/refusal.ts';
import { instant } from '../../src/model/instant.ts';
import { type CredentialReport, parseCredentialReport } from './credential-report.ts';

/** AWS was asked for a credential report, and was still making it when the waiting ended. */
export class ReportLateError extends Error {
  override readonly name = 'ReportLateError';
}

export type ReportRequest = {
  readonly iam: Pick<IAM, 'generateCredentialReport' | 'getCredentialReport'>;
  readonly context: Pick<ConnectContext, 'signal' | 'sleep'>;
};

/** Pauses between looks, in seconds: a small account is ready at the second look. */
const pauses = [1, 2, 3, 4, 5, 5, 10, 10, 10, 10] as const;

/**
 * The report that exists, if AWS still gives it out, which it does for four hours; else a new one. Asking for a new one while there is
 * one makes nothing new, and runs into a limit where several tools ask. Throws the refusal, ReportLateError or MalformedError.
 */
export async function requestCredentialReport({ iam, context }: ReportRequest): Promise<CredentialReport> {
  const { signal } = context;
  const existing = await currentReport(iam, signal);
  if (existing) return existing;
  for (const pause of pauses) {
    const { State } = await iam.generateCredentialReport({}, { abortSignal: signal });
    const report = State === 'COMPLETE' ? await currentReport(iam, signal) : undefined;
    if (report) return report;
    await context.sleep(pause * 1000);
  }
  const waited = pauses.reduce((sum, pause) => sum + pause, 0);
  throw new ReportLateError(`the credential report was not ready after ${String(waited)} seconds`);
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html#API_GetCredentialReport_Errors
const notYet = new Set(['CredentialReportNotPresentException', 'CredentialReportExpiredException', 'CredentialReportNotReadyException']);

async function currentReport(iam: ReportRequest['iam'], signal: AbortSignal): Promise<CredentialReport | undefined> {
  try {
    return toReport(await iam.getCredentialReport({}, { abortSignal: signal }));
  } catch (error) {
    for (const each of causes(error)) if (each instanceof Error && notYet.has(each.name)) return undefined;
    throw error;
  }
}

function toReport({ Content, GeneratedTime }: GetCredentialReportCommandOutput): CredentialReport {
  const generatedAt = instant(required(GeneratedTime, 'GeneratedTime'));
  if (generatedAt === undefined) throw new MalformedError('a credential report without a readable GeneratedTime');
  return parseCredentialReport(new TextDecoder().decode(required(Content, 'Content')), generatedAt);
}
