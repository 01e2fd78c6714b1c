package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import org.compnn.Index;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import picocli.CommandLine;

/**
 * What a command line of {@code index} asks, opened by a process that does some of its work: the
 * network and the data set.
 */
public final class IndexWork implements AutoCloseable {
  private final Network network;
  private final Index index;

  private IndexWork(Network network, Index index) {
    this.network = network;
    this.index = index;
  }

  /**
   * Opens what a command line names.
   *
   * @param arguments those behind {@code index}
   * @param where relative paths begin
   * @throws UserError if the network or the data set cannot be opened
   */
  public static IndexWork of(List<String> arguments, Path where) {
    IndexCommand command = new IndexCommand();
    CommandLine commandLine = new CommandLine(command);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExpandAtFiles(false);
    commandLine.registerConverter(Path.class, where::resolve);
    commandLine.parseArgs(arguments.toArray(String[]::new));
    IndexCommand.Opened opened = command.opened();
    return new IndexWork(opened.network(), opened.index());
  }

  /** One that works on a picture at a time; safe for many threads. */
  public Index index() {
    return index.threads(1);
  }

  @Override
  public void close() {
    network.close();
  }
}
