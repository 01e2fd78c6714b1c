package org.compnn.bench.field;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.compnn.files.Resource;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;

/**
 * What the field search is measured on, as data: {@code cases.json} beside this class.
 *
 * @param sets data sets with their networks
 * @param peers what may be set against the field search
 * @param cases named runs
 */
record Cases(List<PictureSet> sets, List<Peer> peers, List<Case> cases) {
  Cases {
    sets = List.copyOf(sets);
    peers = List.copyOf(peers);
    cases = List.copyOf(cases);
  }

  /**
   * A data set and its network, as paths below the folder of inputs.
   *
   * @param train its training pairs
   * @param val the pairs that pictures are taken from
   * @param model the network; below the folder of what is built, if {@code made}
   * @param direction of side-by-side pairs, as in {@link org.compnn.dataset.Direction}; empty for
   *     other layouts
   * @param made the command that makes the network; empty if it lies with the inputs
   */
  record PictureSet(
      String name, String train, String val, String model, String direction, String made) {
    /** Where the network lies. */
    Path network(Path inputs, Path work) {
      return (made.isEmpty() ? inputs : work).resolve(model);
    }
  }

  /**
   * A library's index with several settings of its dial.
   *
   * @param library faiss, jvector, lucene or patchmatch
   * @param axes principal axes that hyperpatches are projected on before; 0 for none
   * @param index the library's description; {@code {lists}} stands for a number of lists; for FAISS
   *     {@code searched by HNSW} behind it puts a graph over the lists when the index is opened
   * @param perList vectors a list, about; 0 where there are no lists
   * @param settings of its dial, ascending: lists probed (IVF), candidates kept (HNSW), rounds
   *     (PatchMatch)
   * @param ranked how many of a cell's best are kept: 1 for the best alone; more are ranked by the
   *     full distance afterwards, which counts as the peer's time
   * @param most vectors that it is tried with; more take hours or more memory than there is
   */
  record Peer(
      String name,
      String library,
      int axes,
      String index,
      int perList,
      List<Integer> settings,
      List<Integer> ranked,
      int most) {
    Peer {
      settings = List.copyOf(settings);
      ranked = List.copyOf(ranked);
      if (settings.isEmpty() || ranked.isEmpty() || axes < 0 || perList < 0) {
        throw new IllegalArgumentException(name + ": needs settings, no negative numbers");
      }
    }

    /** The index for so many vectors; lists come in powers of two. */
    String index(long vectors) {
      if (perList == 0) {
        return index;
      }
      double lists = Math.max(1, (double) vectors / perList);
      return index.replace(
          "{lists}", Long.toString(1L << Math.round(Math.log(lists) / Math.log(2))));
    }
  }

  /**
   * Some runs that differ in the number of exemplars only.
   *
   * @param set one of {@link #sets}
   * @param shares of the exemplars, such as 1/8, 1 or 4; see {@link Grown}
   * @param pictures searched
   * @param check cells a picture that are searched exactly
   * @param peers beginnings of the names of {@link #peers}
   */
  record Case(
      String name,
      String set,
      String layer,
      int hyperpatch,
      List<String> shares,
      int pictures,
      int check,
      List<String> peers) {
    Case {
      shares = List.copyOf(shares);
      peers = List.copyOf(peers);
    }
  }

  /** A case at one share. */
  record One(
      String name,
      PictureSet set,
      String layer,
      int hyperpatch,
      Share share,
      int pictures,
      int check,
      List<Peer> peers) {}

  static Cases shipped() {
    return parse(Resource.text(Cases.class, "cases.json"), "cases.json");
  }

  /**
   * @param from where the text comes from, for messages
   */
  static Cases parse(String text, String from) {
    try {
      return Json.parse(text, Cases.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UserError(
          from
              + ": expected sets, peers and cases as docs/benchmarks.md describes them, found "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing"),
          e);
    }
  }

  /**
   * Chooses cases by name. A case's name stands for the whole training set, the name with a share
   * behind it ({@code camvid-p2@1/8}) for that share, the name with {@code @all} for every share of
   * it.
   *
   * @throws UserError if there is no such case or share
   */
  List<One> choose(List<String> names) {
    List<One> chosen = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.split("@", 2);
      Case found =
          cases.stream()
              .filter(c -> c.name().equals(parts[0]))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          "--cases: expected some of %s, found '%s'"
                              .formatted(
                                  cases.stream().map(Case::name).collect(Collectors.joining(", ")),
                                  parts[0])));
      List<String> shares =
          parts.length == 1
              ? List.of("1")
              : parts[1].equals("all") ? found.shares() : List.of(parts[1]);
      for (String share : shares) {
        if (!found.shares().contains(share)) {
          throw new UserError(
              "--cases: expected %s@ with one of %s or all, found '%s'"
                  .formatted(found.name(), String.join(", ", found.shares()), name));
        }
        chosen.add(one(found, share));
      }
    }
    return chosen;
  }

  private One one(Case found, String share) {
    PictureSet set =
        sets.stream()
            .filter(s -> s.name().equals(found.set()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        found.name() + ": expected one of the sets, found '" + found.set() + "'"));
    return new One(
        share.equals("1") ? found.name() : found.name() + "@" + share,
        set,
        found.layer(),
        found.hyperpatch(),
        Share.parse(share),
        found.pictures(),
        found.check(),
        peers.stream()
            .filter(p -> found.peers().stream().anyMatch(start -> p.name().startsWith(start)))
            .toList());
  }
}
