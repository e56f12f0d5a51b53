import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { tellingOutages } from '../../src/runtime/database-outage.ts';

const refusing = (message: string) => {
  const error = Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code: '42501' });
  return tellingOutages({ put: () => Promise.reject(error) }, 'USER_PROFILE_UNAVAILABLE');
};

describe('a store whose database may not write its files', () => {
  it('says that it is unavailable, as on a disk that turned read-only', async () => {
    const store = refusing('could not open file "base/5/16421": Read-only file system');
    await expect(store.put()).rejects.toMatchObject({ code: 'USER_PROFILE_UNAVAILABLE' });
  });

  it('does not say so of a table that it may not read, which waiting would not mend', async () => {
    await expect(refusing('permission denied for table x').put()).rejects.toThrow('permission denied for table x');
  });
});
