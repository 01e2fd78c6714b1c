import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar's classes of before Java 6 as those of Java 8, with the stack maps that these have;
 * what they do stays the same. Java's ahead-of-time cache takes no older ones, and JDK 25.0.3 can
 * crash over them: java NewerClasses.java JAR DATE.
 */
@SuppressWarnings("DefaultPackage") // Run from its source.
final class NewerClasses {
  private NewerClasses() {}

  /** Rewrites a jar. */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    LocalDateTime date = LocalDateTime.parse(args[1].replace("Z", ""));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile old = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : old.stream().filter(each -> !each.isDirectory()).toList()) {
        entries.put(entry.getName(), old.getInputStream(entry).readAllBytes());
      }
    }
    ClassHierarchyResolver resolver =
        ClassHierarchyResolver.ofResourceParsing(
                name -> {
                  byte[] found =
                      entries.get(
                          name.descriptorString().substring(1, name.descriptorString().length() - 1)
                              + ".class");
                  return found == null ? null : new ByteArrayInputStream(found);
                })
            .orElse(ClassHierarchyResolver.defaultResolver());
    ClassFile files =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(resolver));
    ClassTransform newer =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(
                (builder, element) -> {
                  if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                  } else {
                    builder.with(element);
                  }
                });
    int changed = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().endsWith(".class")) {
        ClassModel model = files.parse(entry.getValue());
        if (model.majorVersion() < ClassFile.JAVA_6_VERSION) {
          entry.setValue(files.transformClass(model, newer));
          changed++;
        }
      }
    }
    if (changed == 0) {
      return;
    }
    entries.put(
        "META-INF/CHANGED.txt",
        "CompNN wrote the %d classes of before Java 6 in this jar as those of Java 8, with stack maps; what they do is the same.%n"
            .formatted(changed)
            .getBytes(StandardCharsets.UTF_8));
    // A program that runs meanwhile keeps the old one.
    Path whole = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(whole))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry head = new ZipEntry(entry.getKey());
        head.setTimeLocal(date);
        to.putNextEntry(head);
        to.write(entry.getValue());
        to.closeEntry();
      }
    }
    Files.move(whole, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
