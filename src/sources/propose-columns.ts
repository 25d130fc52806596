import { type PersonColumn, personColumns } from './settings.ts';

/** Headers that may hold one of our columns. Sure: the only one of its meaning. */
export type Proposal = {
  readonly column: PersonColumn;
  readonly headers: readonly string[];
  readonly isSure: boolean;
  readonly doubt?: string;
};

type Synonyms = { readonly sure: readonly string[]; readonly unsure?: readonly string[]; readonly doubt?: string };

const logins = ['userprincipalname', 'upn', 'login', 'username', 'userlogin', 'profilelogin'];

/** Headers of BambooHR, Workday, Okta and Entra exports, in lower case without marks. */
const synonyms: Readonly<Record<PersonColumn, Synonyms>> = {
  id: {
    sure: ['id', 'employeeid', 'employeenumber', 'empid', 'workerid', 'personnelnumber', 'employee', 'eeid'],
    unsure: ['userid', 'objectid', 'number', 'externalid'],
    doubt: 'an id of the directory, not of the person',
  },
  email: {
    sure: [
      'email',
      'workemail',
      'emailaddress',
      'mail',
      'primaryemail',
      'primaryworkemail',
      'emailwork',
      'businessemail',
      'profileemail',
      'useremail',
    ],
    unsure: logins,
    doubt: 'a login, which is not always an address',
  },
  name: {
    sure: [
      'name',
      'fullname',
      'displayname',
      'employeename',
      'workername',
      'legalname',
      'preferredname',
      'profiledisplayname',
      'lastnamefirstname',
    ],
    unsure: ['worker'],
    doubt: 'perhaps more than the name',
  },
  status: {
    sure: ['status', 'employmentstatus', 'workerstatus', 'employeestatus', 'userstatus'],
    unsure: ['active', 'accountenabled', 'enabled', 'accountstatus', 'activestatus'],
    doubt: 'the state of an account: off is not the same as left',
  },
  type: { sure: ['type', 'employeetype', 'workertype', 'employmenttype', 'usertype'] },
  manager: {
    sure: [
      'manager',
      'managerid',
      'manageremail',
      'managername',
      'workersmanager',
      'supervisor',
      'supervisorid',
      'supervisoreid',
      'reportsto',
      'reportingto',
    ],
  },
  termination_date: {
    sure: [
      'terminationdate',
      'lastdayofwork',
      'lastday',
      'separationdate',
      'leavingdate',
      'employeeleavedatetime',
      'termdate',
      'dateofleaving',
    ],
    unsure: ['enddate', 'contractenddate'],
    doubt: 'may be the end of a contract that was renewed',
  },
  // A login that is not taken for the address is one more name of the person.
  aliases: {
    sure: ['aliases', ...logins],
    unsure: ['github', 'githublogin', 'githubusername'],
    doubt: 'logins must read gh:<login>, several with |',
  },
};

/** What a roster's headers may mean. A column that no header stands for is left out. */
export function proposeColumns(headers: readonly string[]): readonly Proposal[] {
  const taken = new Set<string>();
  return personColumns.flatMap((column): Proposal[] => {
    const { sure, unsure = [], doubt } = synonyms[column];
    const named = (words: readonly string[]) => headers.filter((header) => words.includes(bare(header)) && !taken.has(header));
    // Our own name for it is beyond doubt, whatever stands beside it.
    const own = headers.filter((header) => header.toLowerCase() === column);
    const [certain, possible] = [own.length > 0 ? own : named(sure), named(unsure)];
    const [found] = [certain, possible].filter((list) => list.length > 0);
    if (!found) return [];
    for (const header of found) taken.add(header);
    if (found === certain && found.length === 1) return [{ column, headers: found, isSure: true }];
    const why = found === certain ? 'several headers could be meant' : doubt;
    return [{ column, headers: found, isSure: false, ...(why === undefined ? {} : { doubt: why }) }];
  });
}

/** `Employee #`, `employee_number` and `EmployeeNumber` are written alike. */
function bare(header: string): string {
  return header
    .toLowerCase()
    .replace(/#/g, 'number')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
