/** The server of those who have no server of their own. */
export const CLOUD = 'https://api.pachca.com/api/shared/v1';
