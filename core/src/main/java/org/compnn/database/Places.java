package org.compnn.database;

/**
 * In which shard each exemplar lies, and where in it.
 *
 * @param shard for each exemplar
 * @param entry for each exemplar, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Places(int[] shard, int[] entry) {
  static Places of(Manifest manifest) {
    int count = manifest.exemplars().size();
    int[] shard = new int[count];
    int[] entry = new int[count];
    int exemplar = 0;
    for (int s = 0; s < manifest.shards(); s++) {
      for (int e = 0; e < manifest.inShard(s); e++, exemplar++) {
        shard[exemplar] = s;
        entry[exemplar] = e;
      }
    }
    return new Places(shard, entry);
  }
}
