package org.compnn.kernels;

/** What this machine and this JVM's modules allow; vector twins are touched only if they run. */
final class Best {
  /** Whether the Vector API is there. */
  static final boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  static final Kernels KERNELS =
      VECTORS && VectorKernels.worthwhile() ? new VectorKernels() : new PlainKernels(8);

  private Best() {}
}
