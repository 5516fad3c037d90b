package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.nio.charset.StandardCharsets;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;

/**
 * Files around generated types. They are ASCII, whatever labels say: so they compile under any
 * encoding.
 */
final class SourceFiles {
  private SourceFiles() {}

  /** The file of a type, with the notice that it is generated. */
  static GeneratedFile file(ClassHeader header, TypeSpec type) {
    String text =
        JavaFile.builder(header.packageName(), type)
            .addFileComment("$L", header.notice().replace("\\", "/"))
            .skipJavaLangImports(true)
            .indent("  ")
            .build()
            .toString();
    return new GeneratedFile(
        header.internalName() + ".java",
        StringText.ascii(text).getBytes(StandardCharsets.US_ASCII));
  }
}
