package org.compnn.database;

import java.util.List;

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

  /** Those of several folders, one after the other: their shards count on. */
  static Places of(List<MappedFolder> members) {
    int count = members.stream().mapToInt(each -> each.exemplars().size()).sum();
    int[] shard = new int[count];
    int[] entry = new int[count];
    int begun = 0;
    int at = 0;
    for (MappedFolder each : members) {
      Places own = each.places();
      for (int e = 0; e < own.shard.length; e++) {
        shard[at + e] = begun + own.shard[e];
        entry[at + e] = own.entry[e];
      }
      at += own.shard.length;
      begun += own.shard.length == 0 ? 0 : own.shard[own.shard.length - 1] + 1;
    }
    return new Places(shard, entry);
  }
}
