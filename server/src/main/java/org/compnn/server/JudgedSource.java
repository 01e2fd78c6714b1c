package org.compnn.server;

import java.util.List;
import org.compnn.dataset.Pair;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.problem.UserError;
import org.compnn.study.Judge;
import org.compnn.study.Matched;

/** Where the pictures of a set come from, by their numbers from 0. */
sealed interface JudgedSource {
  /** How many there are. */
  int count();

  /** What a picture is asked for by. */
  String name(int number);

  List<String> tags(int number);

  /** Whether judgements may be kept in files. */
  default boolean lasts() {
    return true;
  }

  /** Whether more pictures may come. */
  default boolean grows() {
    return false;
  }

  /** A picture that was matched, with the hash of what was; none where it cannot have changed. */
  record Read(Matched matched, String content) {}

  /**
   * Runs and matches a picture.
   *
   * @throws UserError if it cannot be read
   */
  Read match(Judge judge, int number);

  /** The pictures of the data set. */
  record DataSet(List<Pair> pairs) implements JudgedSource {
    public DataSet {
      pairs = List.copyOf(pairs);
    }

    @Override
    public int count() {
      return pairs.size();
    }

    @Override
    public String name(int number) {
      return pairs.get(number).id();
    }

    @Override
    public List<String> tags(int number) {
      return pairs.get(number).tags();
    }

    @Override
    public Read match(Judge judge, int number) {
      Pair pair = pairs.get(number);
      Pair.Content read = pair.read();
      Query query = new Query(pair.id(), read.sample(), read.target());
      return new Read(judge.match(query), JudgedFiles.hash(read));
    }
  }

  /** The training pictures, each matched with the others. */
  record Training(ServedDatabase served) implements JudgedSource {
    @Override
    public int count() {
      return served.database().exemplars().size();
    }

    @Override
    public String name(int number) {
      return served.database().exemplars().get(number).id();
    }

    @Override
    public List<String> tags(int number) {
      return served.database().exemplars().get(number).tags();
    }

    @Override
    public Read match(Judge judge, int number) {
      return new Read(judge.match(number), "");
    }
  }

  /** Pictures that were dropped on the page. Nothing of them is kept in files. */
  record Dropped(Uploads uploads) implements JudgedSource {
    @Override
    public int count() {
      return uploads.count();
    }

    @Override
    public String name(int number) {
      return uploads.id(number);
    }

    @Override
    public List<String> tags(int number) {
      return List.of();
    }

    @Override
    public boolean lasts() {
      return false;
    }

    @Override
    public boolean grows() {
      return true;
    }

    @Override
    public Read match(Judge judge, int number) {
      String id = uploads.id(number);
      Picture picture =
          uploads
              .find(id)
              .orElseThrow(
                  () -> new UserError("the picture was forgotten to make room; drop it again"));
      return new Read(judge.match(Query.of(id, picture)), "");
    }
  }
}
