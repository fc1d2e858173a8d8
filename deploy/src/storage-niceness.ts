/**
 * Of whatever stores: incidents wait for neither historian nor InfluxDB, so they should not where processors are short
 * either. What is not stored yet is in the log (docs/performance.md).
 */
export const storageNiceness = 10
