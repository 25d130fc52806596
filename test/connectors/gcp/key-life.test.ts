import { describe, expect, test } from 'vitest';
import { exposuresOf, keyStatus, keyTimes } from '../../../connectors/gcp/key-life.ts';
import { absent, known, unknown } from '../../../src/model/fact.ts';

const made = '2017-06-12T13:20:18Z';
const uploadedOnly = unknown('not-offered', 'an uploaded key tells the dates of its certificate only');

describe('times of a key', () => {
  test.each([
    ['the end of the year 9999 is no end', { validBeforeTime: '9999-12-31T23:59:59Z', keyOrigin: 'GOOGLE_PROVIDED' }, absent()],
    ['with milliseconds too', { validBeforeTime: '9999-12-31T23:59:59.999Z', keyOrigin: 'GOOGLE_PROVIDED' }, absent()],
    [
      'ten years from creation was the same in old keys',
      { validBeforeTime: '2027-06-10T13:20:18Z', keyOrigin: 'GOOGLE_PROVIDED' },
      absent(),
    ],
    [
      'ninety days by organisation policy are meant',
      { validBeforeTime: '2017-09-10T13:20:18Z', keyOrigin: 'GOOGLE_PROVIDED' },
      known('2017-09-10T13:20:18Z'),
    ],
    [
      'ten years of an uploaded certificate are meant',
      { validBeforeTime: '2027-06-10T13:20:18Z', keyOrigin: 'USER_PROVIDED' },
      known('2027-06-10T13:20:18Z'),
    ],
    ['an uploaded certificate may say 9999 as well', { validBeforeTime: '9999-12-31T23:59:59Z', keyOrigin: 'USER_PROVIDED' }, absent()],
    ['no end at all is not "never"', {}, unknown('malformed-response', 'no timestamp where the API always sends one')],
    ['nonsense is not "never"', { validBeforeTime: 'never' }, unknown('malformed-response', 'not a time: never')],
  ])('%s', (_case, item, expected) => {
    expect(keyTimes({ validAfterTime: made, ...item }).expiresAt).toEqual(expected);
  });

  test('snake_case is read as well', () => {
    expect(keyTimes({ valid_after_time: made, valid_before_time: '2017-09-10T13:20:18Z', key_origin: 'GOOGLE_PROVIDED' })).toEqual({
      createdAt: known(made),
      rotatedAt: known(made),
      notBefore: known(made),
      expiresAt: known('2017-09-10T13:20:18Z'),
    });
  });

  test('an uploaded key does not pass the start of its certificate off as its creation', () => {
    expect(keyTimes({ validAfterTime: made, validBeforeTime: '2018-06-12T13:20:18Z', keyOrigin: 'USER_PROVIDED' })).toMatchObject({
      createdAt: uploadedOnly,
      rotatedAt: uploadedOnly,
      notBefore: known(made),
    });
  });
});

describe('status of a key', () => {
  const now = '2026-11-21T00:00:00Z';
  test.each([
    ['active', absent(), false, false, 'active'],
    ['disabled', absent(), true, false, 'inactive'],
    ['enabled under a disabled service account', absent(), false, true, 'quarantined'],
    ['disabled under a disabled service account', absent(), true, true, 'inactive'],
    ['past its end', known('2026-11-20T23:59:59Z'), false, true, 'expired'],
    ['at its end', known(now), false, false, 'expired'],
    ['before its end', known('2026-11-21T00:00:01Z'), false, false, 'active'],
    ['with an unknown end', unknown('malformed-response'), false, false, 'active'],
  ] as const)('%s', (_case, expiresAt, isDisabled, isAccountDisabled, expected) => {
    expect(keyStatus(expiresAt, { isDisabled, isAccountDisabled }, now)).toBe(expected);
  });
});

describe('exposure of a key', () => {
  const exposed = 'SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_EXPOSED';
  const link = 'https://www.github.com/larkspur-foods/scripts';
  const at = `exposed at: ${link}`;
  test.each([
    ['none', {}, {}],
    ['disabled by hand', { disableReason: 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_USER_INITIATED' }, { disableReason: 'user initiated' }],
    [
      'found by Google, camelCase',
      { disableReason: 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_EXPOSED', extendedStatus: [{ key: exposed, value: at }] },
      { disableReason: 'exposed', exposed: link },
    ],
    [
      'found by Google, snake_case',
      { disable_reason: 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_EXPOSED', extended_status: [{ key: exposed, value: at }] },
      { disableReason: 'exposed', exposed: link },
    ],
    ['found by Google, flat', { extended_status: exposed, extended_status_message: at }, { exposed: link }],
    ['still told of a key enabled again', { disabled: false, extendedStatus: [{ key: exposed, value: at }] }, { exposed: link }],
    [
      'compromised, without a place',
      { extendedStatus: [{ key: 'SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_COMPROMISE_DETECTED' }] },
      { compromised: 'seen by Google, which does not say where' },
    ],
    ['found in a place without an address', { extendedStatus: [{ key: exposed, value: 'a forum' }] }, { exposed: 'a forum' }],
    ['a status of a later day', { extendedStatus: [{ key: 'SOMETHING_NEW', value: 'x' }] }, {}],
  ])('%s', (_case, item, expected) => {
    expect(exposuresOf(item)).toEqual(expected);
  });
});
