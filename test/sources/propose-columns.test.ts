import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeColumns } from '../../src/sources/propose-columns.ts';

const told = (headers: string) =>
  proposeColumns(headers.split(',')).map(({ column, headers: found, isSure }) => `${column}${isSure ? '=' : '?'}${found.join('|')}`);

describe('headers of a roster', () => {
  test.each([
    [
      'ours',
      'id,email,name,status,type,manager,termination_date,aliases',
      [
        'id=id',
        'email=email',
        'name=name',
        'status=status',
        'type=type',
        'manager=manager',
        'termination_date=termination_date',
        'aliases=aliases',
      ],
    ],
    [
      'BambooHR',
      'Employee #,Work Email,Home Email,Display Name,Employment Status,Supervisor EID,Termination Date',
      [
        'id=Employee #',
        'email=Work Email',
        'name=Display Name',
        'status=Employment Status',
        'manager=Supervisor EID',
        'termination_date=Termination Date',
      ],
    ],
    [
      'Workday',
      'Employee_ID,Full_Name,Primary_Work_Email,Worker_Status,Worker_Type,Manager_ID,Termination_Date',
      [
        'id=Employee_ID',
        'email=Primary_Work_Email',
        'name=Full_Name',
        'status=Worker_Status',
        'type=Worker_Type',
        'manager=Manager_ID',
        'termination_date=Termination_Date',
      ],
    ],
    [
      'a report of BambooHR',
      'Employee #,Last name First name,First Name,Last Name,Work Email,Status,Employment Status,Termination Date,Reporting to',
      [
        'id=Employee #',
        'email=Work Email',
        'name=Last name First name',
        'status=Status',
        'manager=Reporting to',
        'termination_date=Termination Date',
      ],
    ],
    [
      'a report of Workday',
      "Employee ID,Worker,Legal Name,Email - Work,Worker Status,Worker's Manager,Active Status",
      ['id=Employee ID', 'email=Email - Work', 'name=Legal Name', 'status=Worker Status', "manager=Worker's Manager"],
    ],
    ['Okta', 'user.id,user.login,user.email,user.status', ['id?user.id', 'email=user.email', 'status=user.status', 'aliases=user.login']],
    [
      'a report of Okta',
      'userId,login,firstName,lastName,email,status,managerId',
      ['id?userId', 'email=email', 'status=status', 'manager=managerId', 'aliases=login'],
    ],
    [
      'Entra',
      'userPrincipalName,displayName,mail,id,userType,accountEnabled',
      ['id=id', 'email=mail', 'name=displayName', 'status?accountEnabled', 'type=userType', 'aliases=userPrincipalName'],
    ],
    [
      'several that could be meant',
      'Email Address,Work Email,Employee ID,Employee Number,Status',
      ['id?Employee ID|Employee Number', 'email?Email Address|Work Email', 'status=Status'],
    ],
    ['ours beside others', 'id,Employee ID,status,Employment Status,email', ['id=id', 'email=email', 'status=status']],
    ['a private address only', 'id,Personal Email,status', ['id=id', 'status=status']],
    ['nothing we know', 'Foo,Bar', []],
  ])('of %s', (_, headers, expected) => {
    expect(told(headers)).toEqual(expected);
  });

  test('are never given to two columns, nor made up', () => {
    const header = fc.constantFrom('ID', 'Email', 'mail', 'login', 'User ID', 'Status', 'active', 'Type', 'End Date', 'Last Day', 'x');
    fc.assert(
      fc.property(fc.uniqueArray(header), (headers) => {
        const used = proposeColumns(headers).flatMap((each) => each.headers);
        expect(new Set(used).size).toBe(used.length);
        expect(used.every((each) => headers.some((header) => header === each))).toBe(true);
      }),
    );
  });
});
