// Reads build.gradle of a folder as Gradle does, says what compileJava needs, and runs the task cnnc.
import org.gradle.testfixtures.ProjectBuilder

def (folder, home) = args.collect { new File(it) }
def project = ProjectBuilder.builder().withProjectDir(folder).withGradleUserHomeDir(home).build()
project.apply(from: new File(folder, 'build.gradle'))
def compileJava = project.tasks.getByName('compileJava')
println "Gradle ${project.gradle.gradleVersion}"
println "compileJava needs ${compileJava.taskDependencies.getDependencies(compileJava)*.name}"
def cnnc = project.tasks.getByName('cnnc')
cnnc.actions.each { it.execute(cnnc) }
println "compileJava takes ${compileJava.source.files*.name.sort()}"
System.exit(0) // threads of Gradle would stay for minutes
