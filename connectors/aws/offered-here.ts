import { UnreachableError } from '../../src/connector/refusal.ts';
import type { Wire, WireRequest } from '../../src/connector/wire.ts';

/** The service has no address in this region: there is nothing of it to look at. */
export class NotOfferedHereError extends Error {
  override readonly name = 'NotOfferedHereError';
}

/**
 * Tells a service that a region does not have from a machine that cannot resolve names. Both are a host that is not found; but STS is
 * in every region, so where its address answers, names are resolved and the service is not there. Throws NotOfferedHereError then.
 */
export function noticeAbsence(wire: Wire, region: string): Wire {
  let resolves: Promise<boolean> | undefined;
  return async (request) => {
    try {
      return await wire(request);
    } catch (error) {
      const probe = probeFor(request, region);
      if (!(error instanceof UnreachableError) || !error.message.includes('ENOTFOUND') || !probe) throw error;
      if (!(await (resolves ??= answers(wire, probe)))) throw error;
      throw new NotOfferedHereError(`${new URL(request.url).host} does not exist: the service is not offered in ${region}`, {
        cause: error,
      });
    }
  };
}

/** `kms.eu-west-1.amazonaws.com` -> `sts.eu-west-1.amazonaws.com`. An address without the region in it says nothing about the region. */
function probeFor({ url, signal }: WireRequest, region: string): WireRequest | undefined {
  const { host } = new URL(url);
  const at = host.indexOf(`.${region}.`);
  if (at < 0) return undefined;
  return { method: 'GET', url: `https://sts${host.slice(at)}/`, headers: {}, ...(signal ? { signal } : {}) };
}

async function answers(wire: Wire, probe: WireRequest): Promise<boolean> {
  try {
    await wire(probe);
    return true;
  } catch (error) {
    if (error instanceof UnreachableError) return false;
    throw error;
  }
}
