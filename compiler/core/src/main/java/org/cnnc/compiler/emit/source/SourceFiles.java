package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.nio.charset.StandardCharsets;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;

/** Files around generated types. */
final class SourceFiles {
  private SourceFiles() {}

  /** The file of a type, with the notice that it is generated. */
  static GeneratedFile file(ClassHeader header, TypeSpec type) {
    String text =
        JavaFile.builder(header.packageName(), type)
            .addFileComment("$L", StringText.ascii(header.notice().replace("\\", "/")))
            .skipJavaLangImports(true)
            .indent("  ")
            .build()
            .toString();
    return new GeneratedFile(
        header.internalName() + ".java", text.getBytes(StandardCharsets.UTF_8));
  }
}
