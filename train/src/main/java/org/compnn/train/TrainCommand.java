package org.compnn.train;

import picocli.CommandLine.Command;

/** Trains the paper's networks: {@link TrainPix2Pix} and {@link TrainSegNet} are its commands. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NETWORK",
    description = {
      "Train a network on pairs and write it as ONNX, ready for 'compnn index'.",
      "An interrupted training resumes after its last epoch: run the same command again."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn train segnet facades --out facades-segnet")
public final class TrainCommand {
  /** A command without those of the networks. */
  public TrainCommand() {}
}
